import type { Policy, PolicyMaker, PolicyOptions } from '../policy.ts';
import { affinity } from './affinity.ts';
import { deadline } from './deadline.ts';
import { fcfs } from './fcfs.ts';
import { fluid } from './fluid.ts';
import { heft } from './heft.ts';
import { maxweight } from './maxweight.ts';
import { mct } from './mct.ts';
import { minmin } from './minmin.ts';
import { priority } from './priority.ts';
import { raceOf } from './race.ts';
import { sjf } from './sjf.ts';
import { stealing } from './stealing.ts';
import { sufferage } from './sufferage.ts';

/** Every policy there is, in the order that pages show them. Adding one is one file and one line here. */
export const POLICIES: readonly PolicyMaker[] = [
  fluid,
  deadline,
  raceOf(() => POLICIES.filter((policy) => policy.name !== 'race')),
  fcfs,
  affinity,
  sjf,
  priority,
  mct,
  heft,
  minmin,
  sufferage,
  stealing,
  maxweight,
];

export const policyNames = (): string[] => POLICIES.map((policy) => policy.name);

/** Throws one sentence for an unknown name, or when the policy cannot serve this platform. */
export function createPolicy(name: string, options: PolicyOptions): Policy {
  const maker = POLICIES.find((policy) => policy.name === name);
  if (!maker) throw new Error(`there is no policy "${name}"; there are ${policyNames().join(', ')}`);
  return maker.create(options);
}
