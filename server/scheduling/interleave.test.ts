import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apportion, interleave } from './interleave.ts';

test('a mix is interleaved smoothly', () => {
  assert.deepEqual([...interleave([2, 2, 2])], [0, 1, 2, 0, 1, 2]);
  assert.deepEqual([...interleave([4, 2])], [0, 1, 0, 0, 1, 0]);
  assert.deepEqual([...interleave([5, 1, 1])], [0, 0, 1, 0, 2, 0, 0]);
});

test('every job of every model is there exactly once, whatever the weights', () => {
  const order = interleave([7, 0, 3, 11], [1, 1, 5, 2]);
  assert.deepEqual(
    [0, 1, 2, 3].map((m) => order.filter((x) => x === m).length),
    [7, 0, 3, 11],
  );
});

test('jobs are split by the largest remainder, the first on ties', () => {
  assert.deepEqual(apportion(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(apportion(10, [3, 2, 2]), [4, 3, 3]);
  assert.deepEqual(apportion(30, [8, 1, 1]), [24, 3, 3]);
  assert.deepEqual(
    apportion(150, [2, 3, 2, 2, 1, 8]),
    [17, 25, 17, 17, 8, 66],
    'two thirds are two thirds, however large the number before them',
  );
});
