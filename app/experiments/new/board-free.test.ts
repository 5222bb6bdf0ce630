import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExperimentView, LiveState } from '../../../server/panel/wire.ts';
import { busyNow } from './board-free.ts';

const experiment = (id: number, runs: { id: number; status: string; makespanMs?: number }[]) =>
  ({
    id,
    status: 'running',
    createdBy: 'ada',
    runs: runs.map((run) => ({ makespanMs: null, ...run })),
  }) as unknown as ExperimentView;
const state = (run: object | null, queuedExperiments = 0) =>
  ({ experiment: run && 3, run, queuedExperiments }) as unknown as LiveState;

test('a board on which nothing runs is free', () => {
  assert.equal(busyNow(state(null), []), null);
  assert.equal(busyNow(null, []), null);
});

test('the pace of the present run and of those before says how long the rest will take', () => {
  const runs = [
    { id: 1, status: 'done', makespanMs: 6000 },
    { id: 2, status: 'running' },
    { id: 3, status: 'queued' },
  ];
  const live = { run: 2, elapsedMs: 2000, done: 50, total: 100 };
  const busy = busyNow(state(live, 2), [experiment(3, runs)]);
  // 2 s of 4 s are left, and the run to come takes as long as the two so far on average: 5 s.
  assert.deepEqual([busy?.leftMs, busy?.waiting, busy?.experiment.createdBy], [7000, 2, 'ada']);
});

test('before the first job has ended nothing is promised', () => {
  const runs = [{ id: 2, status: 'running' }];
  assert.equal(busyNow(state({ run: 2, elapsedMs: 0, done: 0, total: 9 }), [experiment(3, runs)])?.leftMs, null);
  assert.equal(busyNow(state(null), [experiment(3, runs)])?.leftMs, null);
});
