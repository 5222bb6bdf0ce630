import type { ModelId } from '../../hardware/unit.ts';
import type { SchedulerView, UnitView } from '../policy.ts';

/**
 * What stands for a pair that nobody has measured, in milliseconds (11 days): every measured pair is better, and among
 * pairs of which nothing is known the freer unit still wins.
 */
export const UNKNOWN_MS = 1e9;

/** Expected milliseconds of service there; infinite where the unit is gone or cannot run the model. */
export function expectedServiceMs(view: SchedulerView, model: ModelId, unit: UnitView): number {
  if (!unit.present || !unit.unit.accepts(model)) return Number.POSITIVE_INFINITY;
  return view.profile(model, unit.unit.id)?.meanMs ?? UNKNOWN_MS;
}

/** Milliseconds of switching that the model would cost there now. A unit that can hold every model is not even asked. */
export function expectedSwitchMs(view: SchedulerView, model: ModelId, unit: UnitView): number {
  return unit.unit.modelSlots >= view.models.length ? 0 : unit.switchMs(model);
}

/** A busy unit is never quite as free as an idle one, even when it should have been done long ago. */
const BUSY_MS = 1e-6;

/** Milliseconds until the unit has done what it holds, by the profile. */
export function busyForMs(unit: UnitView, nowMs: number): number {
  const leftMs = unit.freeAtMs - nowMs;
  return unit.idle ? leftMs : Math.max(leftMs, BUSY_MS);
}
