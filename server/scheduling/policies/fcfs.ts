import { definePolicy } from '../policy.ts';
import { toCheapestIdle } from './cheapest.ts';

/** First come, first served: the oldest job that some idle unit can run goes to the idle unit of least cost. */
export const fcfs = definePolicy(
  'fcfs',
  'First come, first served: the oldest job goes to the idle unit that serves it soonest.',
  () => (view) => {
    for (const job of view.heads) {
      const assignment = toCheapestIdle(view, job, 'oldest');
      if (assignment) return assignment;
    }
    return null;
  },
);
