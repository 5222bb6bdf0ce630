import type { ModelId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import type { Assignment, SchedulerView, UnitView } from '../policy.ts';
import type { Reason } from '../reason.ts';

/** Expected service time plus the switch that would be paid now; infinite where the model cannot run or was never measured. */
export function costMs(view: SchedulerView, model: ModelId, unit: UnitView): number {
  if (!unit.unit.accepts(model)) return Number.POSITIVE_INFINITY;
  const profile = view.profile(model, unit.unit.id);
  return profile ? profile.meanMs + unit.switchMs(model) : Number.POSITIVE_INFINITY;
}

/** Hands the job to the idle unit of least cost, the first on ties; `null` when no idle unit can run it. */
export function toCheapestIdle(view: SchedulerView, job: QueuedJob, reason: Reason): Assignment | null {
  let best: UnitView | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const unit of view.units) {
    if (!unit.idle) continue;
    const cost = costMs(view, job.model, unit);
    if (cost < least) {
      least = cost;
      best = unit;
    }
  }
  return best && { job: job.id, model: job.model, unit: best.unit.id, reason };
}
