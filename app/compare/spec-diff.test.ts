import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experimentSpec } from '../../server/application/experiment.ts';
import { specDiff } from './spec-diff.ts';

const spec = experimentSpec.parse({
  units: ['tinker.cpu', 'tinker.npu'],
  models: [
    { id: 'a', jobs: 1 },
    { id: 'b', jobs: 2 },
  ],
  policies: ['fcfs', 'sjf'],
  workload: { kind: 'closed' },
});
const run = (policy: string, changes: Partial<typeof spec> = {}) => ({
  policy,
  repeat: 1,
  spec: { ...spec, ...changes },
});
const names = (fields: readonly { name: string }[]) => fields.map((field) => field.name);

test('two policies of one experiment differ in the policy alone', () => {
  const diff = specDiff([run('fcfs'), run('sjf')]);
  assert.deepEqual(names(diff.differs), ['policy']);
  assert.equal(diff.conditionsDiffer, false);
});

test('another seed or another rank is a condition that differs', () => {
  const diff = specDiff([run('fcfs'), run('fcfs', { seed: 7, ranks: { 'tinker.cpu': ['b', 'a'] } })]);
  assert.deepEqual(names(diff.differs), ['seed', 'ranks']);
  assert.equal(diff.conditionsDiffer, true);
});

test('the order in which units and models were chosen is no difference, nor is what else the experiment asked', () => {
  const turned = {
    units: [...spec.units].reverse(),
    models: [...spec.models].reverse(),
    policies: ['sjf'],
    repeats: 9,
  };
  assert.deepEqual(specDiff([run('fcfs'), run('fcfs', turned)]).differs, []);
});

test('the order of a ranking is a difference', () => {
  const ranked = (order: string[]) => run('priority', { ranks: { 'tinker.cpu': order } });
  assert.deepEqual(names(specDiff([ranked(['a', 'b']), ranked(['b', 'a'])]).differs), ['ranks']);
});
