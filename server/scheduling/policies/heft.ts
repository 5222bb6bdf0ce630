import { definePolicy } from '../policy.ts';
import { batchRule } from './batch-rule.ts';

/**
 * The rule of Band (Jeong et al., MobiSys 2022; `heterogeneous_earliest_finish_time_scheduler.cc`): the job whose earliest
 * finish is latest goes first, and yields when the unit of that finish is busy, which then counts its service as well.
 */
export const heft = definePolicy(
  'heft',
  'Band’s HEFT: the job whose earliest finish is latest goes first; it waits if the unit of that finish is busy.',
  () => batchRule({ reason: 'longest', urgency: (bestMs) => bestMs, reserves: 'service' }),
);
