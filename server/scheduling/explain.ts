import type { ModelId } from '../hardware/unit.ts';
import type { Policy, SchedulerView, UnitView } from './policy.ts';
import type { Reason, Why } from './reason.ts';

/** The alternatives that a decision had, at the moment it was made: one pass over the units. */
export function explain(reason: Reason, model: ModelId, view: SchedulerView, policy: Policy): Why {
  const { units, nowMs } = view;
  const finishMs = new Float32Array(units.length);
  const price = new Float32Array(units.length);
  for (let u = 0; u < units.length; u++) {
    const unit = units[u]!; // u < units
    finishMs[u] = finishInMs(view, model, unit, nowMs);
    price[u] = policy.price ? policy.price(model, unit.unit.id) : Number.NaN;
  }
  return { reason, finishMs, price };
}

/** Milliseconds until the unit would have done the job: what it still has to do, the switch, the mean by the profile. */
function finishInMs(view: SchedulerView, model: ModelId, unit: UnitView, nowMs: number): number {
  if (!unit.present || !unit.unit.accepts(model)) return Number.POSITIVE_INFINITY;
  const profile = view.profile(model, unit.unit.id);
  return profile ? unit.freeAtMs - nowMs + unit.switchMs(model) + profile.meanMs : Number.POSITIVE_INFINITY;
}
