import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked } from '../../test/drawing.ts';

test('priority lets units choose in board order, each by its own rank', () => {
  assert.equal(asked('priority', { queue: 'R50 R101 M', idle: 'cpu npu' }), 'M#2 → cpu');
  assert.equal(asked('priority', { queue: 'R50 R101 M', idle: 'npu' }), 'R50#0 → npu');
  assert.equal(asked('priority', { queue: 'R50 R101', idle: 'coral' }), 'R101#1 → coral');
});

test('priority gives the unranked NCS2 nothing but its pinned model', () => {
  assert.equal(asked('priority', { queue: 'M R101', idle: 'ncs2' }), 'waits');
  assert.equal(asked('priority', { queue: 'M R101 R50', idle: 'ncs2' }), 'R50#2 → ncs2');
});

test('priority by the profiler ranks what a unit does quickest highest', () => {
  assert.equal(asked('priority', { queue: 'R101 R50 M', idle: 'npu', ranks: 'profiler' }), 'M#2 → npu');
  assert.equal(asked('priority', { queue: 'R101 R50', idle: 'ncs2', ranks: 'profiler' }), 'R50#1 → ncs2');
});

test('priority obeys ranks that a person gave, and refuses ranks that leave a model to nobody', () => {
  const ranks = { npu: ['resnet101', 'mobilenet_v2', 'resnet50'] };
  assert.equal(asked('priority', { queue: 'M R50 R101', idle: 'npu', ranks }), 'R101#2 → npu');
  assert.throws(
    () => asked('priority', { queue: 'M', idle: 'npu', ranks: { npu: ['resnet50'], cpu: [], coral: [], ncs2: [] } }),
    /no unit that ranks mobilenet_v2, resnet101/,
  );
});
