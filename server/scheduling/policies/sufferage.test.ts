import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('sufferage begins with the job that loses most by its second best unit', () => {
  // R101 loses 62.7 ms (NCS2 instead of NPU), R50 29.4, MobileNetV2 7.1.
  assert.equal(askedWhy('sufferage', { queue: 'M R50 R101', idle: 'cpu ncs2 coral npu' }), 'R101#2 → npu, sufferage');
  assert.equal(asked('sufferage', { queue: 'M R50', idle: 'cpu ncs2 coral npu' }), 'R50#1 → npu');
});

test('sufferage lets a job wait for its best unit, and counts it there', () => {
  const busyMs = { npu: 5 };
  assert.equal(asked('sufferage', { queue: 'R101', idle: 'cpu ncs2 coral', busyMs }), 'waits');
  assert.equal(asked('sufferage', { queue: 'R101 R50', idle: 'cpu ncs2 coral', busyMs }), 'R50#1 → ncs2');
});

test('a model that only one unit can run has everything to lose', () => {
  const drawing = { queue: 'M R101', idle: 'coral npu', gone: 'cpu ncs2' };
  assert.equal(asked('sufferage', { ...drawing, unmeasured: 'npu/R101' }), 'R101#1 → coral');
  assert.equal(asked('sufferage', { queue: 'R101 M', idle: 'coral', gone: 'cpu ncs2 npu' }), 'R101#0 → coral');
  assert.equal(asked('sufferage', { queue: 'M R101', idle: 'coral', gone: 'cpu ncs2 npu' }), 'M#0 → coral');
});

test('sufferage takes at most 3019 ms for a hundred of each at 500 ms a switch', () => {
  // 3019 when the batch is mapped once; thinking anew at each decision makes it 2994.
  const { figures } = simulate(posterSimulation('sufferage', 100));
  assert.equal(figures?.makespanMs.toFixed(0), '2994');
  assert.equal(figures?.latency.meanMs.toFixed(0), '1096');
});
