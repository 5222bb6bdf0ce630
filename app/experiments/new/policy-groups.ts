import type { PolicyView } from '../../../server/panel/wire.ts';

/** Whose idea a policy is. */
export type PolicyGroup = 'ours' | 'poster' | 'field';

const POSTERS = ['fcfs', 'affinity', 'sjf', 'priority'];
const OURS = ['fluid', 'deadline', 'race'];

export const groupOf = (policy: string): PolicyGroup =>
  OURS.includes(policy) ? 'ours' : POSTERS.includes(policy) ? 'poster' : 'field';

const ORDER: readonly PolicyGroup[] = ['ours', 'poster', 'field'];

/** What is on offer, by whose idea it is; groups of which nothing is on offer are left out. */
export const groupedPolicies = (offer: readonly PolicyView[]): { group: PolicyGroup; policies: PolicyView[] }[] =>
  ORDER.map((group) => ({ group, policies: offer.filter(({ name }) => groupOf(name) === group) })).filter(
    ({ policies }) => policies.length > 0,
  );
