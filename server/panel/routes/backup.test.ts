import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get, request } from 'node:http';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { experimentNamed } from '../../history/scratch.ts';
import { root } from '../../test/product.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { RestoreView } from '../wire.ts';

let panel: ScratchPanel;
let admin: string;
before(async () => {
  panel = await scratchPanel(root);
  admin = await panel.sessionOf('admin');
  await panel.history.ledger.create(experimentNamed('kept'));
});
after(() => panel.close());

const headers = () => ({ authorization: `Bearer ${admin}` });

async function download(): Promise<{ readonly bytes: Buffer; readonly name: string; readonly type: string }> {
  const req = get({ host: '127.0.0.1', port: panel.port, path: '/api/v1/backup', headers: headers() });
  const [res] = await once(req, 'response');
  const parts: Buffer[] = [];
  for await (const part of res) parts.push(part);
  assert.equal(res.statusCode, 200);
  const { 'content-disposition': name, 'content-type': type } = res.headers;
  return { bytes: Buffer.concat(parts), name, type };
}

async function bring(bytes: Buffer): Promise<{ readonly status: number; readonly said: Record<string, unknown> }> {
  const req = request({
    ...{ host: '127.0.0.1', port: panel.port, path: '/api/v1/restore', method: 'POST' },
    headers: { ...headers(), 'content-type': 'application/octet-stream', 'content-length': bytes.length },
  });
  req.end(bytes);
  const [res] = await once(req, 'response');
  let text = '';
  for await (const part of res.setEncoding('utf8')) text += part;
  return { status: res.statusCode, said: JSON.parse(text) };
}

const waiting = async () =>
  (JSON.parse((await askAs(panel, admin, 'GET', '/api/v1/restore')).text) as RestoreView).waiting;

test('a backup is downloaded as a tar with a name, and brought back it waits for the next start', async () => {
  const { bytes, name, type } = await download();
  assert.match(name, /^attachment; filename="switchyard-[\w.-]+-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.tar"$/);
  assert.equal(type, 'application/x-tar');
  assert.equal(await waiting(), null);
  const { status, said } = await bring(bytes);
  assert.equal(status, 201);
  assert.equal((said.waiting as { experiments: number }).experiments, 1);
  assert.equal((await waiting())?.experiments, 1);
  assert.equal((await askAs(panel, admin, 'DELETE', '/api/v1/restore')).status, 200);
  assert.equal(await waiting(), null);
});

test('a damaged one is refused in a sentence, and one that waits already goes on waiting', async () => {
  const { bytes } = await download();
  await bring(bytes);
  const { status, said } = await bring(bytes.subarray(0, bytes.length / 2));
  assert.deepEqual([status, said.code], [400, 'invalid_backup']);
  assert.match(String(said.error), /damaged or cut off .*nothing was changed$/);
  assert.equal((await waiting())?.experiments, 1);
  await askAs(panel, admin, 'DELETE', '/api/v1/restore');
});

test('whoever breaks off a download leaves nothing behind, and the next one is served', async () => {
  const req = get({ host: '127.0.0.1', port: panel.port, path: '/api/v1/backup', headers: headers() });
  const [res] = await once(req, 'response');
  res.destroy();
  await download();
  const folder = dirname(panel.history.file);
  assert.deepEqual(existsSync(join(folder, 'tmp')) && (await import('node:fs')).readdirSync(join(folder, 'tmp')), []);
});
