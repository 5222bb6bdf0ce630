import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('heft begins with the job whose earliest finish is latest', () => {
  // Alone, R101 ends after 31.77 ms, R50 after 21.345, MobileNetV2 after 3.393.
  assert.equal(askedWhy('heft', { queue: 'M R50 R101', idle: 'cpu ncs2 coral npu' }), 'R101#2 → npu, longest');
});

test('heft yields when that unit is busy, and counts what yielded', () => {
  // R101 yields to the NPU (free in 5 ms): R50 would end there after 58.1 ms, on the NCS2 after 50.743.
  const busyMs = { npu: 5 };
  assert.equal(asked('heft', { queue: 'R50 R101', idle: 'cpu ncs2 coral', busyMs }), 'R50#0 → ncs2');
  assert.equal(asked('heft', { queue: 'R50', idle: 'cpu ncs2 coral', busyMs }), 'waits');
});

test('heft takes 3488 ms for a hundred of each at 500 ms a switch', () => {
  const { figures } = simulate(posterSimulation('heft', 100));
  assert.equal(figures?.makespanMs.toFixed(0), '3488');
  assert.equal(figures?.latency.meanMs.toFixed(0), '2339');
});
