import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveClock } from './live-clock.ts';

test('what is due in a hundred years is not due now', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const longest = 2 ** 31 - 1;
  let calls = 0;
  liveClock.after(longest + 10, () => calls++);
  for (const [ms, expected] of [
    [1, 0],
    [longest - 1, 0],
    [9, 0],
    [1, 1],
  ] as const) {
    t.mock.timers.tick(ms);
    assert.equal(calls, expected);
  }
});
