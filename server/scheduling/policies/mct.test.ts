import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('mct pushes a job to the unit that should complete it first, busy or not', () => {
  assert.equal(askedWhy('mct', { queue: 'R50', idle: 'cpu ncs2 coral npu' }), 'R50#0 → npu, soonest');
  // The NPU ends it 20 + 21.345 ms from now, the NCS2 in 50.743: it waits for the NPU.
  assert.equal(asked('mct', { queue: 'R50', idle: 'cpu ncs2 coral', busyMs: { npu: 20 } }), 'waits');
  assert.equal(asked('mct', { queue: 'R50', idle: 'cpu ncs2 coral', busyMs: { npu: 40 } }), 'R50#0 → ncs2');
});

test('mct counts what it has pushed before', () => {
  // R101 31.77 ms on the NPU; then R50 there would end at 53.1, on the NCS2 at 50.743.
  assert.equal(
    asked('mct', { queue: 'R101 R50', idle: 'ncs2', busyMs: { npu: 0.5, cpu: 9, coral: 9 } }),
    'R50#1 → ncs2',
  );
});

test('mct counts the switch to the model that was pushed last', () => {
  assert.equal(asked('mct', { queue: 'R50', idle: 'ncs2 coral', ncs2: 'M', busyMs: { npu: 40 } }), 'R50#0 → coral');
});

test('mct leaves out a unit that is gone and a pair that nobody has measured', () => {
  assert.equal(asked('mct', { queue: 'R50', idle: 'cpu ncs2 coral', gone: 'npu' }), 'R50#0 → ncs2');
  assert.equal(asked('mct', { queue: 'R50', idle: 'cpu ncs2 coral npu', unmeasured: 'npu/R50' }), 'R50#0 → ncs2');
});

test('mct takes 3062 ms for a hundred of each at 500 ms a switch, 1507 ms on average and 2994 at the 99th percentile', () => {
  const { figures } = simulate(posterSimulation('mct', 100));
  assert.equal(figures?.makespanMs.toFixed(0), '3062');
  assert.equal(figures?.latency.meanMs.toFixed(0), '1507');
  assert.equal(figures?.latency.p99Ms.toFixed(0), '2994');
});
