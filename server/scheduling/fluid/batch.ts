import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { type BatchPlan, planBatch } from '../batch-plan.ts';
import type { Assignment, SchedulerView } from '../policy.ts';
import { presence, type Snapshot, serviceMs, snapshot } from './snapshot.ts';

/** Nodes of branch and bound for each choice of models while jobs wait. */
const NODES = 150;
/** A plan is made anew when its end has moved by this share of what is left… */
const MOVED = 0.002;
/** …but no sooner than this after the last, in milliseconds. */
const REST_MS = 20;

/**
 * Follows an integer plan of all that waits. A unit takes the model of which it still owes most; one with too few slots goes
 * through its models in the order that switches least. The plan is made anew when jobs, units or times are not as it thought.
 */
export function createBatchFollower(models: readonly ModelId[]) {
  let plan: BatchPlan | null = null;
  let quota: Float64Array[] = [];
  let made = { atMs: 0, endMs: 0, present: 0 };
  /** No integer plan changes for less than this, in milliseconds: half of the shortest service time. */
  let leastMs = 0;
  /** When each unit was expected to be done when the plan was made. */
  let unitEndMs: number[] = [];
  /** Row sums of `quota`: jobs of each model that the plan still counts on. */
  let left: number[] = [];

  const make = (view: SchedulerView) => {
    const now = snapshot(view, models);
    plan = planBatch(reachable(now), now.waiting, now.units, NODES);
    quota = plan?.jobs.map((row) => row.slice()) ?? [];
    left = now.waiting.slice();
    made = { atMs: view.nowMs, endMs: view.nowMs + (plan?.makespanMs ?? 0), present: now.present };
    leastMs = now.ms.flat().reduce((least, ms) => Math.min(least, ms / 2), Number.POSITIVE_INFINITY);
    unitEndMs = view.units.map((_, u) => projectedMs(view, u));
  };
  const stale = (view: SchedulerView): boolean => {
    if (!plan || models.some((model, m) => view.waiting(model) !== left[m]) || presence(view) !== made.present)
      return true;
    if (view.nowMs - made.atMs < REST_MS) return false;
    const moved = Math.max(leastMs, MOVED * (made.endMs - view.nowMs));
    return view.units.some((_, u) => Math.abs(projectedMs(view, u) - (unitEndMs[u] ?? 0)) > moved);
  };
  /** When the plan would end on the unit by what is known now. */
  const projectedMs = (view: SchedulerView, u: number): number => {
    const unit = view.units[u]!; // u is a unit
    let ms = unit.freeAtMs;
    for (let m = 0; m < models.length; m++)
      if (quota[m]![u]! > 0) ms += quota[m]![u]! * serviceMs(view, models[m]!, unit); // a row per model, a cell per unit
    for (const m of plan?.order[u] ?? []) if (quota[m]![u]! > 0) ms += unit.switchMs(models[m]!); // as above
    return ms;
  };
  const next = (u: number): number => {
    const order = plan?.order[u];
    if (order) return order.find((m) => quota[m]![u]! > 0) ?? -1; // a row per model, a cell per unit
    let best = -1;
    for (let m = 0; m < models.length; m++) if (quota[m]![u]! > (best < 0 ? 0 : quota[best]![u]!)) best = m; // as above
    return best;
  };
  return {
    decide(view: SchedulerView): Assignment | null {
      if (stale(view)) make(view);
      for (let u = 0; u < view.units.length; u++) {
        const unit = view.units[u]!; // u < units
        const m = unit.idle ? (probe(view, unit, models, made.endMs - view.nowMs) ?? next(u)) : -1;
        const model = models[m];
        const job = model === undefined ? undefined : view.head(model);
        if (!job || model === undefined) continue;
        if (quota[m]![u]! > 0)
          quota[m]![u]!--; // m is a model, u a unit
        else made = { ...made, present: 0 }; // not as planned: think again
        left[m]!--; // as above
        return { job: job.id, model, unit: unit.unit.id as UnitId, reason: 'plan' };
      }
      return null;
    },
  };
}

/** A guess is tried where it would take at most this share of what is left. */
const TRIAL = 0.05;

/**
 * What was never measured is tried while that is cheap: a unit of which nothing is known first shows itself on the model that
 * is guessed to be quickest, then on every other whose guess is small beside `leftMs`.
 */
function probe(
  view: SchedulerView,
  unit: SchedulerView['units'][number],
  models: readonly ModelId[],
  leftMs: number,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  let known = false;
  for (let m = 0; m < models.length; m++) {
    const model = models[m]!; // m < models
    const profile = unit.unit.accepts(model) ? view.profile(model, unit.unit.id) : undefined;
    if (!profile) continue;
    if (profile.source !== 'guessed') known = true;
    else if (view.waiting(model) > 0 && profile.meanMs + unit.switchMs(model) < least) {
      least = profile.meanMs + unit.switchMs(model);
      best = m;
    }
  }
  return known && least > TRIAL * leftMs ? null : best;
}

/** Models that no present unit can run are nobody's to plan; they wait. */
function reachable({ ms, waiting }: Snapshot): number[][] {
  ms.forEach((row, m) => {
    if (!row.some(Number.isFinite)) waiting[m] = 0;
  });
  return ms;
}
