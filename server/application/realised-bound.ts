import type { ModelId } from '../hardware/unit.ts';
import { capacity } from '../scheduling/capacity.ts';
import { bare, type PlatformUnit } from './platform.ts';
import { OUTCOMES, type TraceColumns } from './trace.ts';

/**
 * The bound beside a result: the capacity at the mix of what was done, with the mean service times that the run really had.
 * `exact` units take their table's times (simulated, no noise); where a pair was never run, what was known before counts.
 */
export function realisedBound(
  trace: TraceColumns,
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  exact: (unit: PlatformUnit) => boolean,
): number {
  const sums = platform.map(() => models.map(() => ({ ms: 0, jobs: 0 })));
  for (let row = 0; row < trace.rows; row++) {
    const cell = sums[trace.unit[row]!]?.[trace.model[row]!]; // row < rows
    if (!cell || OUTCOMES[trace.outcome[row]!] !== 'done') continue; // as above
    cell.ms += trace.endMs[row]! - trace.startMs[row]!; // as above
    cell.jobs++;
  }
  const done = models.map((_, m) => sums.reduce((total, row) => total + row[m]!.jobs, 0)); // one cell per model
  const realised = platform.map((unit, u) =>
    exact(unit) ? unit : { ...unit, latencyMs: { ...unit.latencyMs, ...means(models, sums[u]!) } },
  ); // one row per unit
  return capacity(bare(realised, models), done);
}

const means = (
  models: readonly ModelId[],
  cells: readonly { readonly ms: number; readonly jobs: number }[],
): Record<string, number> =>
  Object.fromEntries(
    models.flatMap((model, m) => (cells[m]!.jobs > 0 ? [[model, cells[m]!.ms / cells[m]!.jobs]] : [])),
  ); // one cell per model
