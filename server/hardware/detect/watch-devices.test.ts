import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CORAL, type FakeRoot, fakeRoot, NCS2, stick } from '../../test/fake-root.ts';
import { until } from '../../test/product.ts';
import { watchDevices } from './watch-devices.ts';

const EVERY_MS = 20;
const LOCK = 'switchyard-coral-2-1.lock';
type Test = { after(call: () => void): void };

function watched(t: Test, root: FakeRoot) {
  const locks = fakeRoot();
  const watch = watchDevices({ root: root.path, lockFolder: locks.path, everyMs: EVERY_MS });
  t.after(() => {
    watch.end();
    locks.remove();
    root.remove();
  });
  const changes: string[] = [];
  const said = () =>
    watch
      .list()
      .map(({ kind, away }) => `${kind.id}: ${away}`)
      .join(', ');
  watch.onChange(() => changes.push(said()));
  const becomes = (state: string) => until(async () => (said() === state ? true : undefined), state, 3000);
  return { watch, changes, said, becomes, locks };
}
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a stick that is pulled out is away, and is there again under the id that it has come to have', async (t) => {
  const root = fakeRoot(CORAL);
  const { becomes, changes, said } = watched(t, root);
  assert.equal(said(), 'coral: null');
  root.drop('sys/bus/usb/devices/2-1');
  await becomes('coral: it was unplugged');
  root.put(stick('2-1', '18d1', '9302', 5000, 9));
  await becomes('coral: null');
  assert.deepEqual(changes, ['coral: it was unplugged', 'coral: null']);
});

test('a stick that leaves the bus for a moment, as it does when it boots, was never away', async (t) => {
  const root = fakeRoot(NCS2);
  const { changes } = watched(t, root);
  root.drop('sys/bus/usb/devices/1-1.2');
  await later(EVERY_MS * 1.5);
  root.put(stick('1-1.2', '03e7', 'f63b', 480, 8));
  await later(EVERY_MS * 8);
  assert.deepEqual(changes, []);
});

test('one that is plugged in later is found, and the order of units does not depend on when', async (t) => {
  const root = fakeRoot(CORAL);
  const { becomes } = watched(t, root);
  root.put(NCS2);
  await becomes('ncs2: null, coral: null');
});

test('a stick that another server has is away, and says which process that is; when that ends it is ours', async (t) => {
  const other = spawn('sleep', ['60']);
  t.after(() => other.kill());
  const root = fakeRoot(CORAL);
  const locks = fakeRoot({ [LOCK]: String(other.pid) });
  const watch = watchDevices({ root: root.path, lockFolder: locks.path, everyMs: EVERY_MS });
  t.after(() => {
    watch.end();
    locks.remove();
    root.remove();
  });
  assert.equal(watch.list()[0]?.away, `another server uses it (process ${other.pid})`);
  other.kill();
  await once(other, 'exit');
  await until(async () => (watch.list()[0]?.away === null ? true : undefined), 'the stick', 3000);
});

test('a lock that a crash left is taken over, and ours is given back at the end', async (t) => {
  const root = fakeRoot(CORAL);
  const locks = fakeRoot();
  t.after(() => {
    locks.remove();
    root.remove();
  });
  writeFileSync(join(locks.path, LOCK), '4194304 1\n');
  const watch = watchDevices({ root: root.path, lockFolder: locks.path, everyMs: EVERY_MS });
  assert.equal(watch.list()[0]?.away, null);
  assert.deepEqual(readdirSync(locks.path), [LOCK]);
  watch.end();
  assert.deepEqual(readdirSync(locks.path), []);
});
