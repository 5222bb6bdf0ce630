import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { asked, askedWhy, posterSimulation } from '../../test/drawing.ts';

test('minmin begins with the pair that is complete first', () => {
  assert.equal(askedWhy('minmin', { queue: 'R101 R50 M', idle: 'cpu ncs2 coral npu' }), 'M#2 → coral, quickest');
});

test('minmin lets jobs wait for a quick unit that is busy, and an idle one take what that is too late for', () => {
  // The Coral is free in 1 ms: two MobileNetV2 end there after 4.4 and 7.8 ms, a third after 11.2; the NPU needs 10.499.
  const busyMs = { coral: 1 };
  assert.equal(asked('minmin', { queue: 'M M', idle: 'npu', busyMs }), 'waits');
  assert.equal(asked('minmin', { queue: 'M M M', idle: 'npu', busyMs }), 'M#0 → npu');
});

test('minmin takes 3545 ms for a hundred of each at 500 ms a switch', () => {
  const { figures } = simulate(posterSimulation('minmin', 100));
  assert.equal(figures?.makespanMs.toFixed(0), '3545');
  assert.equal(figures?.latency.meanMs.toFixed(0), '1208');
});

test('minmin counts the switch of a job that waits; heft, as Band does, its service alone', () => {
  // The NCS2 takes 350.7 ms for R50 with its switch. A second one ends there after 701.5 ms, or after 401.5 without the first
  // one's switch; the CPU needs 582.1.
  const drawing = { queue: 'R50 R50', idle: 'cpu', ncs2: 'M', gone: 'coral npu', switchMs: 300 };
  assert.equal(asked('minmin', drawing), 'R50#0 → cpu');
  assert.equal(asked('heft', drawing), 'waits');
});
