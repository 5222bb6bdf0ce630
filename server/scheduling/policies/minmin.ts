import { definePolicy } from '../policy.ts';
import { batchRule } from './batch-rule.ts';

/** Min-min of Ibarra and Kim (JACM 24(2), 1977): of all waiting jobs and all units, the pair that is complete first goes first. */
export const minmin = definePolicy(
  'minmin',
  'Min-min: the job that can be complete first goes first, to the unit that completes it; it waits if that unit is busy.',
  () => batchRule({ reason: 'quickest', urgency: (bestMs) => -bestMs, reserves: 'switch and service' }),
);
