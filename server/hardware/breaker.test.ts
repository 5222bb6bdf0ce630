import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreaker } from './breaker.ts';

test('the third crash within a minute opens the breaker', () => {
  const breaker = createBreaker();
  assert.equal(breaker.crashed(0), 500);
  assert.equal(breaker.crashed(10_000), 1000);
  assert.equal(breaker.crashed(59_000), null);
});

test('crashes a minute apart never do, and the pause starts small again', () => {
  const breaker = createBreaker();
  for (let minute = 0; minute < 10; minute++) assert.equal(breaker.crashed(minute * 61_000), 500);
});

test('its limits can be others: crashes on purpose are no reason to stop, nor to wait longer each time', () => {
  const limits = { crashes: Number.POSITIVE_INFINITY, windowMs: 60_000, firstDelayMs: 20, longestDelayMs: 40 };
  const breaker = createBreaker(limits);
  assert.deepEqual(
    [0, 1, 2, 3].map((ms) => breaker.crashed(ms)),
    [20, 40, 40, 40],
  );
});

test('a released unit has a clean slate', () => {
  const breaker = createBreaker();
  breaker.crashed(0);
  breaker.crashed(1);
  assert.equal(breaker.crashed(2), null);
  breaker.reset();
  assert.equal(breaker.crashed(3), 500);
});
