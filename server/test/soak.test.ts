import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benchSoak } from '../../scripts/bench/soak.ts';

// The short form of `npx switchyard bench soak`: what must not grow does not, in a minute. How fast memory grows takes longer to tell.

test('a minute of runs that end and are stopped, units that crash, and pages that come and go leaves nothing behind', async () => {
  const { cycles, grown, zombies } = await benchSoak(1);
  assert.ok(cycles > 3, `${cycles} cycles`);
  assert.equal(zombies, 0);
  assert.ok(grown.files <= 5, `${grown.files} more files are open`);
  assert.ok(grown.children <= 0, `${grown.children} more processes`);
  assert.ok(grown.listeners <= 0, `${grown.listeners} more listeners`);
  assert.ok(grown.resources <= 10, `${grown.resources} more timers or sockets`);
});
