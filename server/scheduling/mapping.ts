import type { ModelId, UnitId } from '../hardware/unit.ts';
import { interleave } from './interleave.ts';
import type { PolicyOptions } from './policy.ts';

type Mapping = Map<ModelId, UnitId>;

/**
 * The one-to-one mapping of models to units with the least makespan, the first in (model, unit) order among equals; `null`
 * when there is none. A bottleneck assignment: the least load that still allows a perfect matching is found by bisection
 * over the distinct loads, then models take, in order, the first unit that leaves the rest matchable.
 */
export function oneToOne(options: PolicyOptions): Mapping | null {
  const load = loads(options);
  const levels = [...new Set(load.flat().filter(Number.isFinite))].sort((a, b) => a - b);
  let low = 0;
  let high = levels.length - 1;
  if (high < 0 || !matchable(load, levels[high]!, [])) return null; // high is inside
  while (low < high) {
    const middle = (low + high) >> 1;
    if (matchable(load, levels[middle]!, []))
      high = middle; // inside
    else low = middle + 1;
  }
  const chosen: number[] = [];
  for (const row of load) {
    chosen.push(
      row.findIndex(
        (ms, u) => ms <= levels[low]! && !chosen.includes(u) && matchable(load, levels[low]!, [...chosen, u]),
      ),
    );
  }
  return new Map(options.models.map((model, m) => [model, options.units[chosen[m]!]!.id])); // one unit per model
}

/** Milliseconds that each unit would need for the whole of each model: [model][unit], infinite where it cannot run. */
function loads(options: PolicyOptions): number[][] {
  return options.models.map((model, m) =>
    options.units.map((unit) => {
      const ms = unit.accepts(model) ? options.latencyMs(model, unit.id) : null;
      return ms === null ? Number.POSITIVE_INFINITY : ms * options.jobs[m]!; // one count per model
    }),
  );
}

/** Whether all models find a unit of their own with loads of at most `limit`, the first ones being fixed (augmenting paths). */
function matchable(load: readonly (readonly number[])[], limit: number, fixed: readonly number[]): boolean {
  const takenBy = new Map<number, number>(fixed.map((unit, model) => [unit, model]));
  const place = (model: number, seen: Set<number>): boolean => {
    for (const [unit, ms] of load[model]!.entries()) {
      if (ms > limit || seen.has(unit)) continue; // model indexes load
      seen.add(unit);
      const holder = takenBy.get(unit);
      if (holder !== undefined && (holder < fixed.length || !place(holder, seen))) continue;
      takenBy.set(unit, model);
      return true;
    }
    return false;
  };
  return load.every((_, model) => model < fixed.length || place(model, new Set()));
}

/** The search gives up improving after so many partial mappings; what it has by then is kept. */
const PARTIAL_MAPPINGS = 500_000;

/**
 * The mapping of least makespan where units may share models (each model still has one unit), switches of units with too
 * few slots included. Depth first in (model, unit) order, cut by the best found; the first among equals.
 */
export function shared(options: PolicyOptions): Mapping | null {
  const load = loads(options);
  const switches = switchCounter(options);
  let best: { makespan: number; units: number[] } | null = null;
  let visited = 0;
  const assign = (at: number, units: number[], sums: number[], members: bigint[]) => {
    if (visited++ > PARTIAL_MAPPINGS) return;
    const makespan = Math.max(...sums.map((sum, u) => sum + switches(u, members[u]!)));
    if (best && makespan >= best.makespan) return;
    const row = load[at];
    if (!row) {
      best = { makespan, units: [...units] };
      return;
    }
    for (const [u, ms] of row.entries()) {
      if (!Number.isFinite(ms)) continue;
      const bit = 1n << BigInt(at);
      assign(at + 1, [...units, u], sums.with(u, sums[u]! + ms), members.with(u, members[u]! | bit)); // u < units
    }
  };
  const none = options.units.map(() => 0);
  assign(
    0,
    [],
    none,
    none.map(() => 0n),
  );
  const found = best as { makespan: number; units: number[] } | null; // assigned inside the closure
  return found && new Map(options.models.map((model, m) => [model, options.units[found.units[m]!]!.id])); // one unit per model
}

/** Milliseconds of switching when a unit serves this set of models in the order of the batch; remembered per set. */
function switchCounter(options: PolicyOptions): (unit: number, members: bigint) => number {
  const batch = interleave(options.jobs, options.mix);
  const known = new Map<string, number>();
  return (u, members) => {
    const unit = options.units[u]!; // u < units
    const models = options.models.filter((_, m) => (members >> BigInt(m)) & 1n);
    if (models.length <= unit.modelSlots) return 0;
    const key = `${u}/${members}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const resident: ModelId[] = [];
    let ms = 0;
    for (const m of batch) {
      if (!((members >> BigInt(m)) & 1n)) continue;
      const model = options.models[m]!; // the batch holds indices of models
      const at = resident.indexOf(model);
      if (at >= 0) resident.splice(at, 1);
      else if (resident.length >= unit.modelSlots) ms += unit.switchCostMs(resident.shift()!, model); // full, so not empty
      resident.push(model);
    }
    known.set(key, ms);
    return ms;
  };
}
