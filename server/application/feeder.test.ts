import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFeeder } from './feeder.ts';

const query = (jobs: number, size: number) =>
  createFeeder({ atMs: new Float64Array(jobs), model: new Uint8Array(jobs), declared: false, query: size });

test('the next query is asked for at the moment the last of its jobs ends, and not before', () => {
  const feeder = query(5, 2);
  assert.deepEqual([0, 1, 2].map(feeder.atMs), [0, 0, Number.POSITIVE_INFINITY]);
  assert.equal(feeder.ended(10), false);
  assert.equal(feeder.atMs(2), Number.POSITIVE_INFINITY);
  assert.equal(feeder.ended(30), true);
  assert.deepEqual([2, 3, 4].map(feeder.atMs), [30, 30, Number.POSITIVE_INFINITY]);
});

test('a last query that is not full is asked for all the same, and nothing comes after it', () => {
  const feeder = query(3, 2);
  feeder.ended(1);
  assert.equal(feeder.ended(2), true);
  assert.equal(feeder.atMs(2), 2);
  assert.equal(feeder.ended(3), false);
});
