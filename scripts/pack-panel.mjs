// After `next build`: compresses what compresses, names every file of out/ in dist/panel.json with its type, its tag and, for
// pages, the hashes of their inline scripts (they go into the page's Content-Security-Policy).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'out');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/x-component; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};
const COMPRESSES = new Set(['.html', '.js', '.css', '.txt', '.json', '.map', '.webmanifest', '.svg']);
/** Below this a packet is a packet. */
const WORTH_IT = 200;

const files = {};
for (const file of filesUnder(out)) files[`/${relative(out, file).split(sep).join('/')}`] = pack(file);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist/panel.json'), JSON.stringify({ files }));
console.error(`panel: ${report(Object.values(files))}`);

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (/\.(gz|br)$/.test(entry.name)) rmSync(path);
    else yield path;
  }
}

function pack(file) {
  const bytes = readFileSync(file);
  const kind = extname(file);
  const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const entry = {
    type: TYPES[kind] ?? 'application/octet-stream',
    etag: `"${tag}"`,
    size: bytes.length,
    immutable: relative(out, file).split(sep).join('/').startsWith('_next/static/'),
  };
  if (COMPRESSES.has(kind) && bytes.length > WORTH_IT) Object.assign(entry, compress(file, bytes));
  if (kind === '.html') entry.scripts = inlineScripts(bytes.toString('utf8'));
  return entry;
}

/** Written beside the file, and only where shorter. */
function compress(file, bytes) {
  const gz = gzipSync(bytes, { level: 9 });
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const sizes = {};
  if (gz.length < bytes.length) {
    writeFileSync(`${file}.gz`, gz);
    sizes.gz = gz.length;
  }
  if (br.length < bytes.length) {
    writeFileSync(`${file}.br`, br);
    sizes.br = br.length;
  }
  return sizes;
}

function inlineScripts(html) {
  const hashes = new Set();
  for (const [, attributes, code] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g))
    if (code && !/\ssrc=/.test(attributes))
      hashes.add(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  return [...hashes];
}

function report(entries) {
  const kib = (n) => `${Math.round(n / 1024)} KiB`;
  const sum = (of) => entries.reduce((total, entry) => total + of(entry), 0);
  return `${entries.length} files, ${kib(sum((e) => e.size))}, sent as ${kib(sum((e) => e.gz ?? e.size))} (gzip)`;
}
