import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobId, ModelId, UnitId } from '../hardware/unit.ts';
import { figuresOf, latencyFigures, quantile } from './measures.ts';
import { createRecorder } from './recorder.ts';

const row = (
  id: number,
  unit: string,
  model: string,
  arrivalMs: number,
  startMs: number,
  endMs: number,
  over: object = {},
) => ({
  id: id as JobId,
  unit: unit as UnitId,
  model: model as ModelId,
  arrivalMs,
  dispatchMs: startMs,
  startMs,
  endMs,
  loadMs: 0,
  switched: false,
  input: 0,
  attempt: 1,
  deadlineMs: Number.POSITIVE_INFINITY,
  priority: 0,
  why: null,
  ...over,
});

test('a percentile is the nearest rank: a value that was measured, never one between two', () => {
  const ten = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(quantile(ten, 0.5), 5);
  assert.equal(quantile(ten, 0.95), 10);
  assert.equal(quantile(ten, 0), 1);
  assert.equal(quantile(ten, 1), 10);
  assert.ok(Number.isNaN(quantile([], 0.5)));
  assert.deepEqual(latencyFigures(Float64Array.from([30, 10, 20])), { meanMs: 20, p50Ms: 20, p95Ms: 30, p99Ms: 30 });
});

test('a drawn run: throughput over the makespan, utilisation without switching, figures per model and unit', () => {
  const recorder = createRecorder(['u', 'v'], ['a', 'b'], 1000, 1); // clock starts at 1000, room for one row: it must grow
  recorder.done(row(0, 'u', 'a', 1000, 1000, 1040));
  recorder.done(row(1, 'v', 'b', 1000, 1000, 1100));
  recorder.done(row(2, 'u', 'b', 1000, 1100, 1200, { loadMs: 60, switched: true }));
  const figures = figuresOf(recorder.since(0), { units: ['u', 'v'], models: ['a', 'b'], firstMeasuredJob: 0 });
  assert.ok(figures);
  assert.equal(figures.makespanMs, 200);
  assert.equal(figures.throughput, 15);
  assert.deepEqual(figures.utilisation, { u: 0.7, v: 0.5 });
  assert.deepEqual(figures.perModel, {
    a: { jobs: 1, meanMs: 40, p99Ms: 40 },
    b: { jobs: 2, meanMs: 150, p99Ms: 200 },
  });
  assert.deepEqual(figures.perUnit.u, { jobs: 2, busyMs: 140, switches: 1, switchingMs: 60 });
  assert.equal(figures.switches, 1);
});

test('lost attempts and failures are no results, and a second attempt is kept out of the latencies', () => {
  const recorder = createRecorder(['u'], ['a'], 0, 4);
  recorder.lost(row(0, 'u', 'a', 0, 0, 0), 50);
  recorder.done(row(1, 'u', 'a', 0, 50, 60));
  recorder.done(row(0, 'u', 'a', 0, 60, 900, { attempt: 2 }));
  recorder.failed({ ...row(2, 'u', 'a', 0, 900, 950), error: 'broken' });
  const figures = figuresOf(recorder.since(0), { units: ['u'], models: ['a'], firstMeasuredJob: 0 });
  assert.equal(figures?.jobs, 2);
  assert.equal(figures?.latency.p99Ms, 60);
  assert.equal(figures?.makespanMs, 900);
  assert.deepEqual([...recorder.since(0).outcome], [2, 0, 0, 1]);
});

test('nothing done, no figures', () => {
  const recorder = createRecorder(['u'], ['a'], 0, 4);
  assert.equal(figuresOf(recorder.since(0), { units: ['u'], models: ['a'], firstMeasuredJob: 0 }), null);
});
