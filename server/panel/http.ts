import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDiskFull, isDiskRefusing } from '../history/record.ts';
import type { Access } from './access.ts';
import { setApiHeaders, setSafeHeaders } from './headers.ts';
import { Refusal } from './refusal.ts';
import type { Answer, Router } from './router.ts';

export interface HttpParts {
  readonly access: Access;
  readonly router: Router;
  /** Everything that is not data: the panel's files. */
  readonly page: (req: IncomingMessage, res: ServerResponse) => void;
  readonly say: (sentence: string) => void;
}

/** Of every connection, encrypted or not. */
export const LIMITS = {
  ...{ headersTimeout: 10_000, requestTimeout: 120_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
  connectionsCheckingInterval: 2000, // Node's own is half a minute
};
export const MOST_CONNECTIONS = 1000;

/** The one HTTP server. A slow or greedy peer is cut off; Node's own limits are minutes. */
export function createHttp(parts: HttpParts): Server {
  const server = createServer(LIMITS, (req, res) => void serve(parts, req, res));
  server.maxRequestsPerSocket = 10_000;
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

const DATA = /^\/(api|healthz|readyz|metrics|ca\.crt)(\/|$)/;

async function serve(parts: HttpParts, req: IncomingMessage, res: ServerResponse): Promise<void> {
  setSafeHeaders(res);
  try {
    parts.access.checkSource(req);
    const path = pathOf(req);
    if (!DATA.test(path)) return parts.page(req, res);
    setApiHeaders(res);
    await send(res, await answer(parts, req, path));
  } catch (error) {
    fail(req, res, error, parts.say);
  }
}

function pathOf(req: IncomingMessage): string {
  const url = req.url ?? '';
  if (!url.startsWith('/') || url.length > 4096)
    throw new Refusal(400, 'bad_request', 'the address is not well formed');
  return url.split('?', 1)[0] ?? '/';
}

async function answer({ access, router }: HttpParts, req: IncomingMessage, path: string): Promise<Answer> {
  const visitor = await access.visitor(req);
  const match = router.find(req.method ?? '', path);
  if (!match) {
    await access.checkRight('viewer', visitor, req); // strangers are not told what there is
    throw unknown(router.methods(path), path);
  }
  await access.checkRight(match.permission, visitor, req);
  const query = new URLSearchParams((req.url ?? '').split('?').slice(1).join('?'));
  return match.route({ req, params: match.params, query, ip: access.way.addressOf(req), visitor });
}

function unknown(methods: readonly string[], path: string): Refusal {
  if (methods.length === 0) return new Refusal(404, 'not_found', `there is nothing at ${path.slice(0, 100)}`);
  const allow = methods.join(', ');
  return new Refusal(405, 'wrong_method', `this address knows ${allow}`, undefined, { allow });
}

async function send(res: ServerResponse, { status = 200, json, type, body, headers = {} }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body === undefined) {
    const text = JSON.stringify(json ?? {});
    res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
    return;
  }
  res.writeHead(status, { 'content-type': type ?? 'application/octet-stream' });
  if (typeof body === 'string' || body instanceof Uint8Array) res.end(body);
  else await pipeline(Readable.from(body), res);
}

/** Says what was wrong in one sentence; what went wrong inside stays in the log. */
function fail(req: IncomingMessage, res: ServerResponse, error: unknown, say: (sentence: string) => void): void {
  if (isGone(error) || res.destroyed) return void res.destroy();
  const refusal = error instanceof Refusal ? error : refusalOf(error);
  if (refusal === INTERNAL) say(`${req.method} ${req.url?.split('?')[0]} failed: ${(error as Error).stack ?? error}`);
  if (res.headersSent) return void res.destroy();
  const { status, code, fields, message, headers } = refusal;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  setApiHeaders(res);
  // What is left of a body is not worth reading; the connection ends with the answer.
  if (!req.complete) res.setHeader('connection', 'close');
  const text = JSON.stringify({ error: message, code, ...(fields && { fields }) });
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

function refusalOf(error: unknown): Refusal {
  if (isDiskFull(error)) return FULL;
  return isDiskRefusing(error) ? REFUSING : INTERNAL;
}

const FULL = new Refusal(507, 'disk_full', 'the disk is full: nothing more can be kept until something is deleted');
const REFUSING = new Refusal(
  507,
  'disk_refuses',
  'the disk refuses to write: what is kept can be read, and nothing more is kept until it writes again',
);
const INTERNAL = new Refusal(500, 'internal', 'something went wrong inside; the log of the server says what');

const isGone = (error: unknown): boolean =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'].includes((error as NodeJS.ErrnoException)?.code ?? '');
