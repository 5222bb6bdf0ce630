import type { UnitSpec } from '../hardware/board.ts';
import { type SwitchCost, switchCostMs } from '../hardware/switch-cost.ts';
import type { ModelId } from '../hardware/unit.ts';
import type { Profile } from '../scheduling/profiler.ts';
import { type SwitchCost as MeasuredCost, switchMatrix } from './measure/switching.ts';

/** What was learnt of units so far. */
export interface Learnt {
  readonly profiles: readonly Pick<Profile, 'unit' | 'model' | 'loadMs'>[];
  readonly switchCosts: readonly MeasuredCost[];
}

/**
 * What it costs on this unit that one of these models follows another. A simulated unit has its table. Of a real one: what a
 * person says; else what changing this pair was measured to cost; else what loading the next was; else nothing.
 */
export function switchCostOf(unit: UnitSpec, models: readonly ModelId[], learnt: Learnt): SwitchCost {
  if (unit.latencyMs !== null) return unit.switchMs ?? 0;
  if (unit.options.switchMs !== null && unit.options.switchMs !== undefined) return unit.options.switchMs;
  const measured = switchMatrix(learnt.switchCosts, unit.id) ?? {};
  const loadMs = (model: ModelId) => learnt.profiles.find((p) => p.unit === unit.id && p.model === model)?.loadMs ?? 0;
  const row = (from: ModelId) =>
    models
      .filter((to) => to !== from)
      .map((to) => [to, wasMeasured(measured, from, to) ? switchCostMs(measured, from, to) : loadMs(to)]);
  return Object.fromEntries(models.map((from) => [from, Object.fromEntries(row(from))]));
}

const wasMeasured = (matrix: NonNullable<ReturnType<typeof switchMatrix>>, from: string, to: string): boolean =>
  Object.hasOwn(matrix, from) && Object.hasOwn(matrix[from]!, to); // just asked
