import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked } from '../../test/drawing.ts';

test('sjf prefers the Coral for MobileNetV2, however late it came', () => {
  assert.equal(asked('sjf', { queue: 'R101 R50 M', idle: 'cpu ncs2 coral npu' }), 'M#2 → coral');
});

test('sjf takes the quicker of what waits, by its mean over all units', () => {
  assert.equal(asked('sjf', { queue: 'R101 R50', idle: 'npu' }), 'R50#1 → npu');
});

test('sjf takes the next model when no idle unit can run the shortest', () => {
  assert.equal(asked('sjf', { queue: 'M R50', idle: 'ncs2', switchMs: 'forbidden' }), 'R50#1 → ncs2');
});
