import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunView } from '../../server/panel/wire.ts';
import { fastestOf } from './fastest.ts';

const run = (id: number, experiment: number, policy: string, throughput: number | null, status = 'done') =>
  ({ id, experiment, policy, throughput, status }) as RunView;

test('the policy of highest mean throughput is the fastest of its experiment, with all its repeats', () => {
  const runs = [run(1, 1, 'fcfs', 50), run(2, 1, 'sjf', 70), run(3, 1, 'fcfs', 65), run(4, 1, 'sjf', 58)];
  assert.deepEqual([...fastestOf(runs, true)], [2, 4]);
});

test('nobody has won that stood alone, that is level, or while some still run', () => {
  assert.deepEqual([...fastestOf([run(1, 1, 'fcfs', 50), run(2, 1, 'fcfs', 60)], true)], []);
  assert.deepEqual([...fastestOf([run(1, 1, 'fcfs', 50), run(2, 1, 'sjf', 50)], true)], []);
  assert.deepEqual([...fastestOf([run(1, 1, 'fcfs', 50), run(2, 1, 'sjf', null, 'failed')], true)], []);
  assert.deepEqual(
    [...fastestOf([run(1, 1, 'fcfs', 50), run(2, 1, 'sjf', 70), run(3, 1, 'mct', null, 'running')], true)],
    [],
  );
});

test('of an experiment that the list may have cut short nothing is said', () => {
  const runs = [run(4, 2, 'fcfs', 50), run(5, 2, 'sjf', 70), run(6, 3, 'fcfs', 50), run(7, 3, 'sjf', 70)];
  assert.deepEqual([...fastestOf(runs, false)], [7]);
  assert.deepEqual([...fastestOf(runs, true)], [5, 7]);
});
