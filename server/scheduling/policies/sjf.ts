import type { ModelId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import { definePolicy, type SchedulerView } from '../policy.ts';
import { toCheapestIdle } from './cheapest.ts';

/** Short job first: the waiting model of least mean service time over its units goes first, to the idle unit of least cost. */
export const sjf = definePolicy(
  'sjf',
  'Short job first: the model that is quickest on average goes first, to the idle unit that serves it soonest.',
  () => (view) => {
    for (const job of shortestFirst(view)) {
      const assignment = toCheapestIdle(view, job, 'shortest');
      if (assignment) return assignment;
    }
    return null;
  },
);

function shortestFirst(view: SchedulerView): QueuedJob[] {
  const waiting: { job: QueuedJob; meanMs: number }[] = [];
  for (const model of view.models) {
    const job = view.head(model);
    if (job) waiting.push({ job, meanMs: meanOverUnits(view, model) });
  }
  return waiting.sort((a, b) => a.meanMs - b.meanMs).map((w) => w.job); // the sort is stable: ties stay in model order
}

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
