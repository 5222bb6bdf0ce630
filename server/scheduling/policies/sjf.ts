import type { ModelId } from '../../hardware/unit.ts';
import { type Assignment, definePolicy, type SchedulerView } from '../policy.ts';
import { toCheapestIdle } from './cheapest.ts';

/** Short job first: the waiting model of least mean service time over its units goes first, to the idle unit of least cost. */
export const sjf = definePolicy(
  'sjf',
  'Short job first: the model that is quickest on average goes first, to the idle unit that serves it soonest.',
  () => (view) => {
    let shortest: Assignment | null = null;
    let leastMs = Number.POSITIVE_INFINITY;
    for (const model of view.models) {
      const job = view.head(model);
      if (!job) continue;
      const meanMs = meanOverUnits(view, model);
      if (meanMs >= leastMs) continue; // ties stay in model order
      const assignment = toCheapestIdle(view, job, 'shortest');
      if (!assignment) continue;
      shortest = assignment;
      leastMs = meanMs;
    }
    return shortest;
  },
);

/** Over all units that can run it by the profile, whether or not this run lets them. */
function meanOverUnits(view: SchedulerView, model: ModelId): number {
  let sum = 0;
  let count = 0;
  for (const { unit } of view.units) {
    const profile = view.profile(model, unit.id);
    if (!profile) continue;
    sum += profile.meanMs;
    count++;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}
