import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cachedFile, cacheNetwork, isCached } from './network-cache.ts';
import { NETWORKS } from './networks.ts';

const [network] = NETWORKS; // the small one
assert.ok(network);

function folder(t: { after(call: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'switchyard-cache-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('a network is written once: the second time nothing is touched', (t) => {
  const dir = folder(t);
  assert.equal(isCached(dir, network), false);
  cacheNetwork(dir, network);
  const { ino, mtimeMs } = statSync(cachedFile(dir, network));
  cacheNetwork(dir, network);
  const again = statSync(cachedFile(dir, network));
  assert.deepEqual([again.ino, again.mtimeMs], [ino, mtimeMs]);
  assert.equal(readdirSync(dir).length, 2); // the file and its stamp, no leftovers
});

test('a file cut short, or changed in place, is written again', (t) => {
  const dir = folder(t);
  cacheNetwork(dir, network);
  const file = cachedFile(dir, network);
  for (const damage of [() => truncateSync(file, 1000), () => writeFileSync(file, Buffer.alloc(network.bytes))]) {
    damage();
    assert.equal(isCached(dir, network), false);
    cacheNetwork(dir, network);
    assert.equal(isCached(dir, network), true);
  }
});

test('a right file with another date is only looked at, not written again', (t) => {
  const dir = folder(t);
  cacheNetwork(dir, network);
  const file = cachedFile(dir, network);
  const { ino } = statSync(file);
  utimesSync(file, 1000, 1000);
  assert.equal(isCached(dir, network), false);
  cacheNetwork(dir, network);
  assert.equal(statSync(file).ino, ino);
});
