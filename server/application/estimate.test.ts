import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customBoard } from '../hardware/boards.ts';
import { policyNames } from '../scheduling/policies/index.ts';
import { estimate } from './estimate.ts';
import { type ExperimentRequest, experimentSpec } from './experiment.ts';

// Two units; the second cannot run `b`, and nothing can run `c`.
const board = customBoard('own', 'Own', {
  units: [
    { id: 'fast', modelSlots: null, switchMs: 0 },
    { id: 'slow', modelSlots: null, switchMs: 0 },
  ],
  models: ['a', 'b', 'c'],
  latencyMs: { fast: { a: 10, b: 20, c: null }, slow: { a: 40, b: null, c: null } },
} as unknown as Parameters<typeof customBoard>[2]);

const ask = (over: Partial<ExperimentRequest>) =>
  estimate({
    spec: experimentSpec.parse({
      units: ['own.fast', 'own.slow'],
      models: [{ id: 'a', jobs: 5 }],
      policies: ['fcfs'],
      workload: { kind: 'closed' },
      ...over,
    }),
    boards: [board],
    profiles: [],
  });

test('a plain question has figures and nothing to warn of', () => {
  const { perPolicy, warnings } = ask({});
  assert.deepEqual(warnings, []);
  assert.equal(perPolicy[0]?.error, null);
  assert.equal(perPolicy[0]?.problem, null);
  assert.ok(perPolicy[0]?.figures, 'expected figures of fcfs');
});

test('what no unit can run is said by its code, and so is why a policy has no figure', () => {
  const { perPolicy, warnings } = ask({
    models: [
      { id: 'a', jobs: 5 },
      { id: 'c', jobs: 5 },
    ],
    policies: ['fcfs', 'affinity', 'priority'],
    ranks: { 'own.fast': ['a'], 'own.slow': ['a'] },
  });
  assert.deepEqual(warnings, [{ code: 'nowhere', model: 'c' }]);
  assert.deepEqual(
    perPolicy.map(({ problem }) => problem),
    [{ code: 'stranded', jobs: 5 }, { code: 'unmapped' }, { code: 'unranked', models: ['c'] }],
  );
  assert.ok(
    perPolicy.every(({ error, figures }) => error && !figures),
    'expected a sentence beside every code',
  );
});

test('more arrivals than the bound are a warning with both numbers', () => {
  const [warning] = ask({ workload: { kind: 'poisson', load: 2 } }).warnings;
  assert.deepEqual(warning, { code: 'overload', ratePerS: 250, bound: 125 });
});

test('a large question is predicted from a part of its jobs, and says so', () => {
  assert.deepEqual(ask({ models: [{ id: 'a', jobs: 30_000 }] }).warnings, [
    { code: 'shortened', used: 20_000, jobs: 30_000 },
  ]);
});

test('the more policies are asked for, the fewer jobs each is predicted from', () => {
  const { warnings, perPolicy } = ask({ models: [{ id: 'a', jobs: 15_000 }], policies: policyNames() });
  assert.equal(perPolicy.length, policyNames().length);
  assert.deepEqual(warnings, [{ code: 'shortened', used: Math.floor(80_000 / policyNames().length), jobs: 15_000 }]);
});

test('a stream under race is predicted from few jobs, which is said; a batch, and the other policies, from all', () => {
  const models = [{ id: 'a', jobs: 5000 }];
  const { perPolicy, warnings } = ask({ models, policies: ['fcfs', 'race'], workload: { kind: 'poisson', load: 0.8 } });
  assert.deepEqual(warnings, [{ code: 'shortened', policy: 'race', used: 1200, jobs: 5000 }]);
  assert.deepEqual(
    perPolicy.map(({ figures }) => figures?.jobs),
    [5000, 5000],
  );
  assert.deepEqual(ask({ models, policies: ['race'] }).warnings, []);
});

test('the server scenario is predicted at its rate, with the highest rate that would keep to the bound', () => {
  const workload = { kind: 'server', ratePerS: 10, p99Ms: 60 } as const;
  const answer = ask({ models: [{ id: 'a', jobs: 200 }], workload });
  const [{ figures, highestRatePerS }] = answer.perPolicy as [(typeof answer.perPolicy)[number]];
  assert.equal(answer.ratePerS, 10);
  assert.ok(figures && figures.latency.p99Ms <= 60, 'half idle, it keeps to it');
  assert.ok(highestRatePerS && highestRatePerS > 10 && highestRatePerS < 2 * answer.boundThroughput);
  assert.equal(ask({ workload: { ...workload, p99Ms: 1 } }).perPolicy[0]?.highestRatePerS, 0);
  assert.equal(ask({}).perPolicy[0]?.highestRatePerS, null);
});

test('deadlines are predicted to be met or missed, and queries have their p90', () => {
  const late = ask({ models: [{ id: 'a', jobs: 4, deadlineMs: 20 }] }).perPolicy[0]?.figures;
  assert.equal(
    late?.missRate,
    0.5,
    'two of four end by 20 ms on the quick unit, one more at 30, one at 40 on the other',
  );
  const single = ask({ workload: { kind: 'single-stream' } }).perPolicy[0]?.figures;
  assert.equal(single?.latency.p90Ms, 10);
});

test('a recorded stream is predicted as it was recorded, or as much of it as there is time for', () => {
  const jobs = 30_000;
  const at = (gapMs: number) => ({
    atMs: Float64Array.from({ length: jobs }, (_, i) => i * gapMs),
    model: new Uint8Array(jobs),
  });
  const spec = experimentSpec.parse({
    units: ['own.fast'],
    models: [{ id: 'a', jobs }],
    policies: ['fcfs'],
    workload: { kind: 'trace', trace: 'a'.repeat(64) },
  });
  const { perPolicy, warnings } = estimate({ spec, boards: [board], profiles: [], trace: at(12) });
  assert.equal(perPolicy[0]?.figures?.latency.p99Ms.toFixed(6), '10.000000', 'each is done before the next comes');
  assert.equal(perPolicy[0]?.figures?.jobs, jobs);
  assert.deepEqual(warnings, [{ code: 'shortened', used: 20_000, jobs }]);
});
