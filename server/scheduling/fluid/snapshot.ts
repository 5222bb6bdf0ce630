import type { ModelId } from '../../hardware/unit.ts';
import type { PlanUnit } from '../batch-plan.ts';
import type { SchedulerView } from '../policy.ts';

/** The board as numbers, at the moment a plan is made. */
export interface Snapshot {
  /** `ms[m][u]` by the profile; infinite where it cannot run, is unknown or the unit is away. */
  readonly ms: number[][];
  /** Waiting jobs of each model. */
  readonly waiting: number[];
  readonly units: PlanUnit[];
  /** Which units are there: changes when one leaves or returns. */
  readonly present: number;
}

export function snapshot(view: SchedulerView, models: readonly ModelId[]): Snapshot {
  const index = new Map(models.map((model, m) => [model, m]));
  return {
    ms: models.map((model) => view.units.map((unit) => serviceMs(view, model, unit))),
    waiting: models.map((model) => view.waiting(model)),
    units: view.units.map(({ unit, freeAtMs, resident }) => ({
      freeInMs: Math.max(0, freeAtMs - view.nowMs),
      modelSlots: unit.modelSlots,
      resident: resident.flatMap((model) => index.get(model) ?? []),
      switchMs: (from, to) => (from === null ? 0 : unit.switchCostMs(models[from]!, models[to]!)), // indices of models
    })),
    present: presence(view),
  };
}

export function serviceMs(
  view: SchedulerView,
  model: ModelId,
  { unit, present }: SchedulerView['units'][number],
): number {
  if (!present || !unit.accepts(model)) return Number.POSITIVE_INFINITY;
  return view.profile(model, unit.id)?.meanMs ?? Number.POSITIVE_INFINITY;
}

/** One number for which units are there: asked at every decision. */
export function presence({ units }: SchedulerView): number {
  let mark = 1;
  for (let u = 0; u < units.length; u++) mark = (Math.imul(mark, 31) + (units[u]!.present ? 1 : 2)) | 0; // u < units
  return mark;
}
