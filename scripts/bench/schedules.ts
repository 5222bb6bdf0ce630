import fc from 'fast-check';
import { policyNames } from '../../server/scheduling/policies/index.ts';
import { checkLaws } from '../../server/test/schedule-laws.ts';
import { scenes } from '../../server/test/schedule-scenes.ts';

const SEED = 20_261_129;

/** Random boards and days through every policy, each trace judged by the laws of schedule-laws.ts. */
export function benchSchedules(cases: number): unknown {
  const perPolicy = Math.ceil(cases / policyNames().length);
  const policies = Object.fromEntries(policyNames().map((policy, p) => [policy, judged(policy, perPolicy, SEED + p)]));
  const sum = (key: 'kept' | 'refused' | 'broken') =>
    Object.values(policies).reduce((total, each) => total + each[key], 0);
  return {
    cases: perPolicy * policyNames().length,
    kept: sum('kept'),
    refused: sum('refused'),
    broken: sum('broken'),
    policies,
  };
}

function judged(policy: string, cases: number, seed: number) {
  const count = { kept: 0, refused: 0, broken: 0 };
  const first: string[] = [];
  for (const scene of fc.sample(scenes, { numRuns: cases, seed })) {
    try {
      count[checkLaws(scene, policy)]++;
    } catch (error) {
      count.broken++;
      if (first.length < 3) first.push(`${(error as Error).message.split('\n')[0]} ${JSON.stringify(scene)}`);
    }
  }
  return { ...count, first };
}
