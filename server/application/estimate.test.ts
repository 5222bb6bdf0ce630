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
