import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked } from '../../test/drawing.ts';

test('fcfs sends the oldest job to the idle unit that serves it soonest', () => {
  assert.equal(asked('fcfs', { queue: 'R50 M R101', idle: 'cpu ncs2 coral npu' }), 'R50#0 → npu');
  assert.equal(asked('fcfs', { queue: 'M R50 R101', idle: 'cpu ncs2 coral npu' }), 'M#0 → coral');
});

test('fcfs never lets a younger job overtake, even when the only idle unit is slow for the oldest', () => {
  assert.equal(asked('fcfs', { queue: 'R101 M', idle: 'cpu' }), 'R101#0 → cpu');
});

test('fcfs counts the switch that would be paid now', () => {
  // NCS2 50.743 + 500 beats the CPU's 582.072; with another hundred of switching it does not.
  assert.equal(asked('fcfs', { queue: 'R50', idle: 'cpu ncs2', ncs2: 'M', switchMs: 500 }), 'R50#0 → ncs2');
  assert.equal(asked('fcfs', { queue: 'R50', idle: 'cpu ncs2', ncs2: 'M', switchMs: 600 }), 'R50#0 → cpu');
  assert.equal(asked('fcfs', { queue: 'R50', idle: 'cpu ncs2', ncs2: 'R50', switchMs: 600 }), 'R50#0 → ncs2');
});

test('fcfs passes over a job that no idle unit can run', () => {
  // Forbidden switching holds the NCS2 to ResNet50 at this mix.
  assert.equal(asked('fcfs', { queue: 'M R101 R50', idle: 'ncs2', switchMs: 'forbidden' }), 'R50#2 → ncs2');
  assert.equal(asked('fcfs', { queue: 'M R101', idle: 'ncs2', switchMs: 'forbidden' }), 'waits');
});
