import assert from 'node:assert/strict';
import { test } from 'node:test';
import { switchCostMs } from './switch-cost.ts';

test('a number is the cost of every pair', () => {
  assert.equal(switchCostMs(7, 'a', 'b'), 7);
});

test('a matrix is read from the model that leaves to the one that comes; what it does not name costs nothing', () => {
  const cost = { a: { b: 5 }, b: { a: 9 } };
  assert.equal(switchCostMs(cost, 'a', 'b'), 5);
  assert.equal(switchCostMs(cost, 'b', 'a'), 9);
  assert.equal(switchCostMs(cost, 'a', 'c'), 0);
  assert.equal(switchCostMs(cost, 'constructor', 'name'), 0);
});
