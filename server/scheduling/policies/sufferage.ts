import { definePolicy } from '../policy.ts';
import { batchRule } from './batch-rule.ts';

/**
 * Sufferage of Maheswaran et al. (HCW 1999): the job goes first that would lose most by having to take its second best unit.
 * A model that only one unit can run has everything to lose.
 */
export const sufferage = definePolicy(
  'sufferage',
  'Sufferage: the job that would lose most by not getting its best unit goes first; it waits if that unit is busy.',
  () =>
    batchRule({
      reason: 'sufferage',
      urgency: (bestMs, secondMs) => secondMs - bestMs,
      reserves: 'switch and service',
    }),
);
