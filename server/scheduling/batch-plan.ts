import { type IntegerRouting, integerRouting } from './integer-routing.ts';
import { bestRouting, type Times } from './routing.ts';
import { type SwitchMs, switchPath } from './switch-path.ts';

/** One unit at the moment a batch is planned. */
export interface PlanUnit {
  readonly freeInMs: number;
  readonly modelSlots: number;
  /** Least recently used first, as indices of models. */
  readonly resident: readonly number[];
  readonly switchMs: SwitchMs;
}

export interface BatchPlan extends IntegerRouting {
  /** Per unit, the models that it serves in the order that switches least; null where it can hold all of them. */
  readonly order: readonly (readonly number[] | null)[];
}

/** So many choices of models for units with too few slots are tried; beyond it, the rest of the units keep what they hold. */
const MOST_CHOICES = 4096;

/**
 * The shortest schedule of a batch, switches and residency included. A unit with fewer slots than models serves a chosen set
 * of them, each in one go, so its switches are a fixed time before its work; every choice of sets is bounded by the fluid
 * routing, and those that could be best are solved in whole jobs. `nodes`: for each of them.
 */
export function planBatch(
  ms: Times,
  jobs: readonly number[],
  units: readonly PlanUnit[],
  nodes: number,
): BatchPlan | null {
  const asked = jobs.flatMap((n, m) => (n > 0 ? [m] : []));
  const limited = units.flatMap((unit, u) => (narrow(unit, asked) ? [u] : []));
  const options = limited.map((u) => choices(ms, asked, units[u]!, u)); // a unit of the list
  const count = options.reduce((product, list) => product * list.length, 1);
  const complete = count <= MOST_CHOICES;
  const sets = complete ? product(options) : product(options.map((list) => greedyFew(list, options.length)));
  const bounded = sets
    .map((choice) => ({ choice, ...restricted(ms, units, limited, choice) }))
    .map((each) => ({
      ...each,
      bound: bestRouting(each.ms, jobs, each.startMs)?.makespanMs ?? Number.POSITIVE_INFINITY,
    }))
    .filter((each) => Number.isFinite(each.bound))
    .sort((a, b) => a.bound - b.bound);
  let best: BatchPlan | null = null;
  let proved = complete;
  for (const each of bounded) {
    if (best && each.bound >= best.makespanMs * (1 - 1e-9)) break;
    const found = integerRouting(each.ms, jobs, each.startMs, best ? { nodes, below: best.makespanMs } : { nodes });
    if (!found) continue;
    proved &&= found.proved;
    const order = units.map((_, u) => each.choice[limited.indexOf(u)]?.order ?? null);
    best = { ...found, order };
  }
  return best && { ...best, proved };
}

const narrow = (unit: PlanUnit, asked: readonly number[]): boolean =>
  new Set([...asked, ...unit.resident]).size > unit.modelSlots;

interface Choice {
  readonly order: readonly number[];
  readonly ms: number;
}

/** Every set of models that the unit can run, with what its switches cost. */
function choices(ms: Times, asked: readonly number[], unit: PlanUnit, u: number): Choice[] {
  const able = asked.filter((m) => Number.isFinite(ms[m]![u]!)); // a row per model, a cell per unit
  if (able.length > 12) return [...able.map((m) => [m]), []].map((set) => costed(set, unit));
  const found: Choice[] = [];
  for (let bits = 0; bits < 1 << able.length; bits++)
    found.push(
      costed(
        able.filter((_, i) => bits & (1 << i)),
        unit,
      ),
    );
  return free(found);
}

const costed = (set: readonly number[], unit: PlanUnit): Choice =>
  switchPath(set, unit.resident, unit.modelSlots, unit.switchMs);

/** A set within a larger one that costs no more is never better. */
const free = (sets: Choice[]): Choice[] =>
  sets.filter(
    (a) =>
      !sets.some(
        (b) => b !== a && b.ms <= a.ms && b.order.length > a.order.length && a.order.every((m) => b.order.includes(m)),
      ),
  );

function greedyFew(list: Choice[], units: number): Choice[] {
  const most = Math.max(1, Math.floor(MOST_CHOICES ** (1 / units)));
  return [...list].sort((a, b) => a.ms - b.ms || b.order.length - a.order.length).slice(0, most);
}

function product(options: readonly Choice[][]): Choice[][] {
  return options.reduce<Choice[][]>((all, list) => all.flatMap((chosen) => list.map((one) => [...chosen, one])), [[]]);
}

/** Each limited unit can run only its set, and starts after its switches. */
function restricted(ms: Times, units: readonly PlanUnit[], limited: readonly number[], choice: readonly Choice[]) {
  const startMs = units.map((unit, u) => unit.freeInMs + (choice[limited.indexOf(u)]?.ms ?? 0));
  const allowed = ms.map((row, m) =>
    row.map((time, u) => {
      const set = choice[limited.indexOf(u)]?.order;
      return set && !set.includes(m) ? Number.POSITIVE_INFINITY : time;
    }),
  );
  return { ms: allowed, startMs };
}
