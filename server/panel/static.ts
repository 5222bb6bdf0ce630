import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pageCsp } from './headers.ts';

interface Entry {
  readonly type: string;
  readonly etag: string;
  readonly size: number;
  readonly immutable: boolean;
  readonly gz?: number;
  readonly scripts?: readonly string[];
}
interface Held {
  readonly entry: Entry;
  /** Compressed where that is shorter: what nearly every browser asks for. */
  readonly bytes: Buffer;
  readonly csp: string | null;
}
export type Page = (req: IncomingMessage, res: ServerResponse) => void;

/** The panel's files, all in memory: nothing that was not there at build can be asked for, and no path is ever joined. */
export function createStatic(root: string): Page {
  const manifest = join(root, 'dist/panel.json');
  if (!existsSync(manifest)) return notBuilt;
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, Entry> };
  const held = new Map(Object.entries(files).map(([path, entry]) => [path, hold(root, path, entry)]));
  return (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return plain(res, 405, 'method not allowed', { allow: 'GET, HEAD' });
    const path = pathOf(req.url ?? '/');
    if (path === null) return plain(res, 400, 'the address is not well formed');
    if (path.length > 1 && path.endsWith('/')) return toCleanUrl(req, res, path);
    const found = held.get(keyOf(path, held) ?? '');
    if (found) return reply(req, res, found, 200);
    const page = wantsPage(req, path) ? held.get('/404.html') : undefined;
    return page ? reply(req, res, page, 404) : plain(res, 404, 'not found');
  };
}

/** /runs/<id>, /runs/<id>.txt and /runs/<id>/__next.* are one exported page, which reads the id itself. */
const SHELL = /^\/(runs|experiments)\/\d{1,15}(?=$|\.txt$|\/__next\.)/;
/** The same for what is called by a name (a name that ends in .txt is taken for the page's data). */
const NAMED = /^\/(models|units)\/[a-z0-9][a-zA-Z0-9._-]{0,96}?(?=\.txt$|\/__next\.|$)/;

function keyOf(path: string, held: ReadonlyMap<string, Held>): string | null {
  const asked = path === '/' ? '/index.html' : path.replace(SHELL, '/$1/_').replace(NAMED, '/$1/_');
  if (held.has(asked)) return asked;
  return held.has(`${asked}.html`) ? `${asked}.html` : null;
}

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/');
  } catch {
    return null;
  }
}

function hold(root: string, path: string, entry: Entry): Held {
  const name = `${path}${entry.gz ? '.gz' : ''}`;
  try {
    const bytes = readFileSync(join(root, 'out', name));
    return { entry, bytes, csp: entry.scripts ? pageCsp(entry.scripts) : null };
  } catch {
    throw new Error(`the panel's file out${name} is missing; build it again with "npm run build"`);
  }
}

function toCleanUrl(req: IncomingMessage, res: ServerResponse, path: string): void {
  const query = (req.url ?? '').split('?').slice(1).join('?');
  const clean = encodeURI(`/${path.replace(/^[/\\]+|[/\\]+$/g, '')}`);
  plain(res, 308, 'moved', { location: `${clean}${query ? `?${query}` : ''}` });
}

const wantsPage = (req: IncomingMessage, path: string): boolean =>
  !path.startsWith('/_next/') && !req.headers.rsc && (req.headers.accept ?? '').includes('text/html');

function reply(req: IncomingMessage, res: ServerResponse, { entry, bytes, csp }: Held, status: number): void {
  const zipped = entry.gz !== undefined && takesGzip(String(req.headers['accept-encoding'] ?? ''));
  const etag = zipped ? `${entry.etag.slice(0, -1)}-gz"` : entry.etag;
  res.setHeader('etag', etag);
  res.setHeader('vary', 'accept-encoding');
  res.setHeader('cache-control', cacheControl(entry, status));
  if (csp) res.setHeader('content-security-policy', csp);
  if (status === 200 && req.headers['if-none-match']?.split(/,\s*/).some((known) => known.replace(/^W\//, '') === etag))
    return void res.writeHead(304).end();
  const body = zipped || entry.gz === undefined ? bytes : gunzipSync(bytes);
  if (zipped) res.setHeader('content-encoding', 'gzip');
  res.writeHead(status, { 'content-type': entry.type, 'content-length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Named, and not with a weight of nothing. */
const takesGzip = (accepted: string): boolean =>
  accepted.split(',').some((each) => /^\s*(x-)?gzip\s*(;|$)/i.test(each) && !/;\s*q=0(\.0*)?\s*$/i.test(each));

function cacheControl(entry: Entry, status: number): string {
  if (status !== 200) return 'no-store';
  return entry.immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function plain(res: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers });
  res.end(`${text}\n`);
}

const notBuilt: Page = (_, res) =>
  plain(res, 503, 'The panel has not been built yet: run "npm run build" and start again. The API answers meanwhile.');
