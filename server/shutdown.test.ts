import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { whyNotStarted } from './shutdown.ts';

const caught = (call: () => void): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

test('a port that is taken and a folder that cannot be are said in one sentence; what nobody expected keeps its stack', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => taken.once('listening', listening));
  const { port } = taken.address() as { port: number };
  const second = createServer().listen(port, '127.0.0.1');
  const error = await new Promise((failed) => second.once('error', failed));
  taken.close();
  assert.equal(
    whyNotStarted(error),
    `port ${port} is taken by another program; set PORT to another one, or to 0 for any`,
  );
  const file = fileURLToPath(import.meta.url);
  assert.match(
    whyNotStarted(caught(() => mkdirSync(file))),
    /shutdown\.test\.ts is a file and not a folder; set DATA_DIR/,
  );
  for (const full of ['ENOSPC: no space left on device, write', 'SQLITE_FULL: database or disk is full'])
    assert.equal(whyNotStarted(new Error(full)), 'the disk is full: delete something on it, then start again');
  assert.match(whyNotStarted(new Error('odd')), /the start failed: Error: odd\n {4}at /);
});
