import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProfileRecord } from '../../server/panel/wire.ts';
import { changeOf, drawDrift, spanOf } from './drift.ts';

const NOW = Date.parse('2026-11-28T00:00:00Z');
const record = (day: number, meanMs: number, ciMs: number | null = 1): ProfileRecord => ({
  ...{ unit: 'u', model: 'm', meanMs, p50Ms: meanMs, p95Ms: meanMs, p99Ms: meanMs, ciMs, loadMs: 0, samples: 50 },
  ...{ outliers: 0, conditions: null, measuredAt: new Date(NOW - day * 86_400_000).toISOString() },
});
const BOX = { width: 100, height: 50 };

test('time goes to the right, milliseconds upwards, and the interval stands about its point', () => {
  const records = [record(30, 20), record(15, 30), record(0, 40)];
  const { points, lowMs, highMs, line } = drawDrift(records, null, spanOf('month', records, NOW), BOX);
  assert.deepEqual(
    points.map(({ x }) => x),
    [0, 50, 100],
  );
  assert.ok((points[0]?.y ?? 0) > (points[2]?.y ?? 0));
  assert.ok(lowMs < 19 && highMs > 41, 'with room about it');
  for (const { y, high, low } of points) assert.ok(high < y && y < low && high >= 0 && low <= 50);
  assert.match(line, /^0,[\d.]+ 50,[\d.]+ 100,[\d.]+$/);
});

test('a time that never changed is a line in the middle, not noise blown up', () => {
  const records = [record(3, 100, 0.001), record(0, 100.01, 0.001)];
  const { points, lowMs, highMs } = drawDrift(records, null, spanOf('week', records, NOW), BOX);
  assert.ok(highMs - lowMs > 2);
  for (const { y } of points) assert.ok(Math.abs(y - 25) < 1);
});

test('the given time is drawn where it is near, and left out where it would flatten the rest', () => {
  const records = [record(3, 20), record(0, 24)];
  const span = spanOf('week', records, NOW);
  assert.notEqual(drawDrift(records, 21, span, BOX).givenY, null);
  assert.notEqual(drawDrift(records, 17, span, BOX).givenY, null, 'a little below');
  assert.equal(drawDrift(records, 86, span, BOX).givenY, null);
});

test('a change is told only where the intervals are apart', () => {
  assert.equal(changeOf([record(3, 20, 1), record(0, 24, 1)]), 0.19999999999999996);
  assert.equal(changeOf([record(3, 20, 3), record(0, 24, 3)]), null);
  assert.equal(changeOf([record(3, 20, null), record(0, 24, 1)]), null);
  assert.equal(changeOf([record(0, 20)]), null);
  assert.equal(changeOf([]), null);
});

test('a period ends now; all of it begins with the first measurement, a day ago at least', () => {
  const old = [record(200, 20), record(0, 20)];
  assert.equal(spanOf('all', old, NOW).fromMs, NOW - 200 * 86_400_000);
  assert.equal(spanOf('all', [record(0, 20)], NOW).fromMs, NOW - 86_400_000);
  assert.deepEqual(spanOf('week', old, NOW), { fromMs: NOW - 7 * 86_400_000, toMs: NOW });
});
