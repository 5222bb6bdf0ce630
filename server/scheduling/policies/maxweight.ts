import type { QueuedJob } from '../job.ts';
import { definePolicy, type SchedulerView, type UnitView } from '../policy.ts';
import { expectedServiceMs, expectedSwitchMs } from './expected-cost.ts';

/**
 * MaxWeight (Tassiulas and Ephremides 1992; Mandelbaum and Stolyar, Operations Research 52(6), 2004): each idle unit, in
 * board order, takes the model with the most waiting jobs times its rate there, a switch being part of the time of one job.
 */
export const maxweight = definePolicy(
  'maxweight',
  'MaxWeight: each idle unit takes the model with the highest product of jobs waiting and its speed for it.',
  () => (view) => {
    for (const unit of view.units) {
      const job = unit.idle ? heaviest(view, unit) : undefined;
      if (job) return { job: job.id, model: job.model, unit: unit.unit.id, reason: 'weight' };
    }
    return null;
  },
);

function heaviest(view: SchedulerView, unit: UnitView): QueuedJob | undefined {
  let found: QueuedJob | undefined;
  let most = 0;
  for (const model of view.models) {
    const waiting = view.waiting(model);
    if (waiting === 0) continue;
    const weight = waiting / (expectedServiceMs(view, model, unit) + expectedSwitchMs(view, model, unit));
    if (weight <= most) continue;
    most = weight;
    found = view.head(model);
  }
  return found;
}
