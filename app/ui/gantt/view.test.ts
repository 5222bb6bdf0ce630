import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createView } from './view.ts';

test('what is fitted stays fitted while it grows', () => {
  const view = createView();
  view.reach(10_000);
  view.reach(20_000);
  assert.ok(view.fromMs === 0 && view.toMs >= 20_000 && view.toMs < 21_000);
});

test('following keeps its width and shows the newest', () => {
  const view = createView('follow');
  view.reach(60_000);
  assert.deepEqual([view.fromMs, view.toMs], [50_000, 60_000]);
});

test('a hand on it ends the following; growth then moves nothing', () => {
  const view = createView('follow');
  view.reach(60_000);
  view.pan(-5000);
  view.reach(70_000);
  assert.deepEqual([view.mode, view.fromMs, view.toMs], ['free', 45_000, 55_000]);
});

test('zooming keeps the moment under the pointer where it is', () => {
  const view = createView();
  view.reach(10_000);
  const share = (7000 - view.fromMs) / (view.toMs - view.fromMs);
  view.zoom(0.25, 7000);
  assert.ok(Math.abs((7000 - view.fromMs) / (view.toMs - view.fromMs) - share) < 1e-9);
});

test('nobody can leave what there is, nor come closer than half a millisecond', () => {
  const view = createView();
  view.reach(10_000);
  view.zoom(1e-9, 5000);
  assert.ok(view.toMs - view.fromMs >= 0.5);
  view.pan(-1e9);
  assert.equal(view.fromMs, 0);
  view.pan(1e9);
  assert.ok(view.toMs <= 10_200.001);
  view.zoom(1e9);
  assert.ok(view.fromMs === 0 && view.toMs <= 10_200.001);
});
