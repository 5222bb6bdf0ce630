import type { ModelId, ProcessingUnit } from '../hardware/unit.ts';
import { planBatch } from './batch-plan.ts';

/** Branch-and-bound nodes for each choice of models; the poster's board needs a few dozen. */
const NODES = 20_000;

/**
 * The exact least makespan of a batch that is all there at the start, every slot empty; `null` when it could not be proved.
 * `ms`: mean service time, null = cannot run there. `jobs`: of each model.
 */
export function optimalMakespanMs(
  units: readonly ProcessingUnit[],
  models: readonly ModelId[],
  jobs: readonly number[],
  ms: (model: ModelId, unit: ProcessingUnit) => number | null,
): number | null {
  const times = models.map((model) =>
    units.map((unit) => (unit.accepts(model) ? ms(model, unit) : null) ?? Number.POSITIVE_INFINITY),
  );
  const plan = planBatch(
    times,
    jobs,
    units.map((unit) => ({
      freeInMs: 0,
      modelSlots: unit.modelSlots,
      resident: [],
      switchMs: (from, to) => (from === null ? 0 : unit.switchCostMs(models[from]!, models[to]!)), // indices of models
    })),
    NODES,
  );
  return plan?.proved ? plan.makespanMs : null;
}
