import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRing, createSeries } from './ring.ts';

test('a series that is full thins its older half and keeps its first moment, its order and its newest points', () => {
  const series = createSeries(1, 16);
  for (let t = 0; t < 40; t++) series.push(t, [t * 2]);
  const [at, value] = series.columns() as [Float64Array, Float64Array];
  assert.equal(at[0], 0);
  assert.deepEqual(
    [...at],
    [...at].sort((a, b) => a - b),
  );
  assert.deepEqual([...at.slice(-3)], [37, 38, 39]);
  assert.ok(at.every((t, i) => value[i] === t * 2));
  assert.ok(series.length <= 16);
});

test('a value that is missing is not a number, so that the line breaks there', () => {
  const series = createSeries(2);
  series.push(1, [5]);
  assert.ok(Number.isNaN(series.columns()[2]?.[0]));
});

test('a ring gives the newest first and nothing beyond what it has', () => {
  const ring = createRing(3);
  for (const value of [1, 2, 3, 4]) ring.push(value);
  assert.deepEqual([0, 1, 2, 3].map(ring.at), [4, 3, 2, 0]);
});
