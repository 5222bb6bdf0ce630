import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSteady } from './watch.ts';

const hot = (share: number) => ({ share, zone: 'soc-thermal', temperatureC: 86 });

test('a machine that is let go for a moment has been throttled all along, and it ends when it was let go for good', () => {
  const steady = createSteady();
  const shares = [null, 0.8, null, 0.7, null, null, null, null].map((share, second) => {
    const { throttled, sinceMs } = steady(share === null ? null : hot(share), second * 1000 + 1);
    return [throttled?.share ?? null, sinceMs];
  });
  assert.deepEqual(shares, [
    [null, 1],
    [0.8, 1001],
    [0.8, 1001],
    [0.7, 1001],
    [0.7, 1001],
    [0.7, 1001],
    [null, 4001],
    [null, 4001],
  ]);
});
