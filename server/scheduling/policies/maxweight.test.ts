import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('maxweight weighs how many wait with how fast the unit is for them', () => {
  // NPU: 1 / 10.499 against 2 / 21.345 and 3 / 31.77.
  assert.equal(askedWhy('maxweight', { queue: 'R101 R50 M', idle: 'npu' }), 'M#2 → npu, weight');
  assert.equal(asked('maxweight', { queue: 'M R50 R50 R50', idle: 'npu' }), 'R50#1 → npu');
});

test('maxweight counts the switch as part of the time', () => {
  assert.equal(asked('maxweight', { queue: 'M R50 R50', idle: 'ncs2', ncs2: 'R50' }), 'R50#1 → ncs2');
  assert.equal(asked('maxweight', { queue: 'M R50', idle: 'ncs2', ncs2: 'R50', switchMs: 0 }), 'M#0 → ncs2');
});

test('maxweight takes 3751 ms for a hundred of each at 500 ms a switch', () => {
  assert.equal(simulate(posterSimulation('maxweight', 100)).figures?.makespanMs.toFixed(0), '3751');
});
