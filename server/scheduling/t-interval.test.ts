import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tInterval } from './t-interval.ts';

const near = (a: number | null | undefined, b: number, within: number) =>
  assert.ok(typeof a === 'number' && Math.abs(a - b) <= within, `${a} is not ${b}`);

test('the textbook example: 1 to 5 has a mean of 3 and a half-width of 1.963', () => {
  const interval = tInterval([1, 2, 3, 4, 5]);
  assert.equal(interval?.mean, 3);
  near(interval?.half, 1.9632, 1e-3);
});

test('one repeat says nothing of its spread, none says nothing at all', () => {
  assert.deepEqual(tInterval([7]), { n: 1, mean: 7, half: null });
  assert.equal(tInterval([]), null);
});

test('beyond the table the quantile goes on to the normal one', () => {
  // Of n values, half 0 and half 1: s² = n / (4 (n − 1)); t for 99 degrees of freedom is 1.98422.
  const values = Array.from({ length: 100 }, (_, i) => i % 2);
  near(tInterval(values)?.half, 1.98422 * Math.sqrt(100 / (4 * 99) / 100), 2e-4);
});

test('in simulated repeats 95 of 100 intervals hold the truth', () => {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  let holds = 0;
  for (let i = 0; i < 4000; i++) {
    const interval = tInterval(Array.from({ length: 5 }, () => 10 + normal()));
    if (interval && Math.abs(interval.mean - 10) <= (interval.half ?? 0)) holds++;
  }
  near(holds / 4000, 0.95, 0.015);
});
