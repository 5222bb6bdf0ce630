import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AskedRun, again } from './again.ts';
import { experimentSpec } from './experiment.ts';

const spec = experimentSpec.parse({
  ...{
    name: 'poster',
    units: ['tinker.cpu'],
    models: [{ id: 'resnet50', jobs: 10 }],
    policies: ['fcfs', 'sjf', 'mct'],
  },
  ...{ workload: { kind: 'poisson', load: 0.8 }, repeats: 5, seed: 42 },
});
const run = (id: number, policy: string, repeat: number, experiment = 1): AskedRun => ({
  ...{ id, policy, repeat, experiment, spec },
});

test('one run again is its policy once, with the seed that its repeat had', () => {
  assert.deepEqual(again([run(8, 'sjf', 3)]), [
    { runs: [8], spec: { ...spec, policies: ['sjf'], repeats: 1, seed: 44 } },
  ]);
});

test('runs of one experiment are one experiment again, in its order of policies', () => {
  const [only, ...others] = again([run(2, 'sjf', 1), run(1, 'fcfs', 1), run(5, 'sjf', 2), run(4, 'fcfs', 2)]);
  assert.deepEqual([only?.spec.policies, only?.spec.repeats, only?.spec.seed], [['fcfs', 'sjf'], 2, 42]);
  assert.deepEqual(others, []);
});

test('runs of two experiments are two', () => {
  assert.deepEqual(
    again([run(1, 'fcfs', 1), run(9, 'mct', 1, 2)]).map(({ runs }) => runs),
    [[1], [9]],
  );
});
