import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyNames } from '../../../server/scheduling/policies/index.ts';
import { en } from '../../ui/words/en.ts';
import { groupedPolicies } from './policy-groups.ts';

test('every policy stands in one group, ours before the poster’s before the field’s', () => {
  const offer = policyNames().map((name) => ({ name, summary: '' }));
  const groups = groupedPolicies(offer);
  assert.deepEqual(
    groups.map(({ group }) => group),
    ['ours', 'poster', 'field'],
  );
  const names = groups.flatMap(({ policies }) => policies.map(({ name }) => name)).sort();
  assert.deepEqual(names, [...new Set(offer.map(({ name }) => name))].sort());
  assert.deepEqual(
    groups[1]?.policies.map(({ name }) => name),
    ['fcfs', 'affinity', 'sjf', 'priority'],
  );
});

test('every policy has a sentence for people', () => {
  for (const name of policyNames()) assert.ok(en.create.policy[name], `expected a sentence for ${name}`);
});
