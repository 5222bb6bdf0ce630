import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ask } from './scratch.ts';
import { createStatic } from './static.ts';

const root = mkdtempSync(join(tmpdir(), 'switchyard-static-'));
let server: Server;
let port = 0;

before(async () => {
  const files: Record<string, object> = {};
  const put = (path: string, text: string, more: object = {}) => {
    mkdirSync(join(root, 'out', path, '..'), { recursive: true });
    writeFileSync(join(root, 'out', `${path}.gz`), gzipSync(text));
    const type = path.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/x-component; charset=utf-8';
    files[path] = { type, etag: `"${path}"`, size: text.length, immutable: false, gz: 1, ...more };
  };
  for (const page of ['index', 'runs', 'runs/_', 'models', 'models/_', 'units/_', '404'])
    put(`/${page}.html`, `page ${page}`, { scripts: ["'sha256-abc='"] });
  put('/runs/_.txt', 'text of a run');
  put('/models/_.txt', 'text of a model');
  put('/_next/static/a.js', 'code', { immutable: true });
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/panel.json'), JSON.stringify({ files }));
  server = createServer(createStatic(root)).listen(0);
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask({ port }, method, path, headers);

test('a deep link to any run is the one exported page, and its data beside it', async () => {
  assert.equal((await get('/runs/128')).text, 'page runs/_');
  assert.equal((await get('/runs/128.txt')).text, 'text of a run');
  assert.equal((await get('/runs')).text, 'page runs');
  assert.equal((await get('/?a=b')).text, 'page index');
});

test('a deep link to what is called by a name is the one exported page too, dots and all', async () => {
  assert.equal((await get('/models/my-net.v1_2')).text, 'page models/_');
  assert.equal((await get('/models/my-net.v1_2.txt')).text, 'text of a model');
  assert.equal((await get('/units/my-board.npu_0')).text, 'page units/_');
  assert.equal((await get('/models')).text, 'page models');
  for (const path of ['/models/..', '/models/a/b', '/units/.hidden', `/models/${'x'.repeat(98)}`])
    assert.equal((await get(path)).status, 404, path);
});

test('what was not there at build is not there', async () => {
  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/runs/..%2f..',
    '/runs/128/x',
    '/dist/panel.json',
    '/nothing',
  ])
    assert.equal((await get(path)).status, 404, path);
  assert.equal((await get('/nothing', { accept: 'text/html' })).text, 'page 404');
  assert.equal((await get('/%zz')).status, 400);
  const moved = await get('//evil.example/');
  assert.deepEqual([moved.status, moved.headers.location], [308, '/evil.example']);
});

test('a page names its scripts, and a browser that has it is told so', async () => {
  const { headers } = await get('/', { 'accept-encoding': 'gzip' });
  assert.match(String(headers['content-security-policy']), /script-src 'self' 'sha256-abc='/);
  assert.equal(headers['content-encoding'], 'gzip');
  const known = await get('/', { 'accept-encoding': 'gzip', 'if-none-match': String(headers.etag) });
  assert.deepEqual([known.status, known.text], [304, '']);
  assert.equal(
    (await get('/', { 'if-none-match': String(headers.etag) })).status,
    200,
    'another encoding is another thing',
  );
  assert.match(String((await get('/_next/static/a.js')).headers['cache-control']), /immutable/);
  assert.equal((await get('/', {}, 'HEAD')).text, '');
  assert.equal((await get('/', {}, 'POST')).status, 405);
});

test('without a built panel the page is a sentence that says what to do', () => {
  let text = '';
  const res = { writeHead: () => res, end: (sentence: string) => (text = sentence) };
  createStatic(join(root, 'nowhere'))({} as never, res as never);
  assert.match(text, /npm run build/);
});

test('who will not have gzip is not given it, and a weak validator is as good as a strong one', async () => {
  for (const refused of ['gzip;q=0', 'br, gzip; q=0.0', 'identity', 'gzipped'])
    assert.equal((await get('/', { 'accept-encoding': refused })).headers['content-encoding'], undefined, refused);
  for (const taken of ['br, gzip', 'GZIP;q=0.5', 'x-gzip'])
    assert.equal((await get('/', { 'accept-encoding': taken })).headers['content-encoding'], 'gzip', taken);
  const { headers } = await get('/');
  assert.equal((await get('/', { 'if-none-match': `"other", W/${headers.etag}` })).status, 304);
});
