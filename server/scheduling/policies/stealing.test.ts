import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('stealing deals jobs in turn, and each unit begins with its own oldest', () => {
  // Dealt to cpu, ncs2, coral, npu, cpu.
  assert.equal(askedWhy('stealing', { queue: 'M R50 R101 M R50', idle: 'cpu' }), 'M#0 → cpu, own');
  assert.equal(asked('stealing', { queue: 'M R50 R101 M R50', idle: 'coral' }), 'R101#2 → coral');
});

test('stealing deals only to units that can run the model', () => {
  // Forbidden switching holds the NCS2 to ResNet50.
  assert.equal(asked('stealing', { queue: 'M M R50', idle: 'ncs2', switchMs: 'forbidden' }), 'R50#2 → ncs2');
});

test('a unit with nothing left takes the newest of the longest queue', () => {
  // cpu has 0 and 4, ncs2 1, coral 2; the NPU had none.
  assert.equal(askedWhy('stealing', { queue: 'M R50 M', idle: 'npu' }), 'M#0 → npu, stolen');
  assert.equal(asked('stealing', { queue: 'M R50 R50 M', idle: 'npu', gone: 'ncs2 coral' }), 'R50#1 → npu');
});

test('a thief leaves what it cannot run', () => {
  assert.equal(asked('stealing', { queue: 'M R101 M R101', idle: 'ncs2', switchMs: 'forbidden' }), 'waits');
});

test('stealing takes 4518 ms for a hundred of each at 500 ms a switch', () => {
  assert.equal(simulate(posterSimulation('stealing', 100)).figures?.makespanMs.toFixed(0), '4518');
});
