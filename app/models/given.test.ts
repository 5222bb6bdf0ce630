import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canRun, givenOf } from './given.ts';

test('the poster gives times for its own units and for a real CPU, a table for everybody else’s', () => {
  const poster = { id: 'tinker.npu', board: 'tinker', latencyMs: { resnet50: 21.345 } };
  assert.deepEqual(givenOf(poster, 'resnet50'), { ms: 21.345, from: 'poster' });
  assert.deepEqual(givenOf({ id: 'machine.cpu', board: 'machine', latencyMs: null }, 'mobilenet_v2'), {
    ms: 86.355,
    from: 'poster',
  });
  const own = { id: 'mine.npu', board: 'mine', latencyMs: { resnet50: 4, other: null } };
  assert.deepEqual(givenOf(own, 'resnet50'), { ms: 4, from: 'table' });
  assert.equal(givenOf(own, 'other'), null);
  assert.equal(givenOf(own, 'constructor'), null);
  assert.equal(givenOf({ id: 'machine.cpu', board: 'machine', latencyMs: null }, 'my-net'), null);
});

test('a simulated unit runs what its table has a time for, a real one what has a file', () => {
  assert.deepEqual(
    [canRun({ latencyMs: { a: 1, b: null } }, 'a', false), canRun({ latencyMs: { a: 1, b: null } }, 'b', true)],
    [true, false],
  );
  const accelerator = { latencyMs: null, runs: ['a'] };
  assert.deepEqual([canRun(accelerator, 'a', true), canRun(accelerator, 'b', true)], [true, false]);
  assert.deepEqual([canRun({ latencyMs: null }, 'a', true), canRun({ latencyMs: null }, 'a', false)], [true, false]);
});
