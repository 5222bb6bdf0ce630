import type { ModelId } from '../../hardware/unit.ts';
import type { Assignment, SchedulerView } from '../policy.ts';
import { bestRouting, type Routing } from '../routing.ts';
import { createRates } from './rates.ts';
import { presence, type Snapshot, serviceMs, snapshot } from './snapshot.ts';

/** The routing is asked anew so often, in milliseconds, and whenever a unit leaves or returns. */
const EVERY_MS = 100;
/** What is expected to arrive within so many milliseconds is planned for, so that a switch has time to pay. */
const HORIZON_MS = 30_000;
/** A unit that changed its model keeps the new one at least so long. */
const DWELL_MS = 10_000;
/** A slow unit keeps its hands off a job that the others would have done in this share of its own time. */
const THRESHOLD = 0.5;
/** Beyond so many ways to fill the slots, units are looked at one at a time. */
const MOST_CHOICES = 256;

/** Routes a stream by the prices of the linear program, re-solved as rates, backlog, profile and units change. */
export function createStreamRouter(models: readonly ModelId[]) {
  const rates = createRates(models.length);
  const index = new Map(models.map((model, m) => [model, m]));
  let routing: Routing | null = null;
  let allowed: boolean[][] = [];
  let times: number[][] = [];
  let made = { atMs: Number.NEGATIVE_INFINITY, present: '' };
  let switchedAtMs = Number.NEGATIVE_INFINITY;
  let holds: string | null = null;

  const solve = (view: SchedulerView) => {
    const now = snapshot(view, models);
    const rate = rates.perMs(view.nowMs);
    const work = models.map((_, m) =>
      now.ms[m]!.some(Number.isFinite) ? rate[m]! * HORIZON_MS + 0.5 * now.waiting[m]! : 0,
    ); // one row and rate per model
    const best = bestResidency(now, work, view.nowMs - switchedAtMs >= DWELL_MS);
    const key = best.sets.map((set) => set?.join('+') ?? '*').join(' ');
    if (holds !== null && key !== holds) switchedAtMs = view.nowMs;
    holds = key;
    routing = best.routing;
    allowed = now.ms.map((row, m) => row.map((ms, u) => Number.isFinite(ms) && (best.sets[u]?.includes(m) ?? true)));
    times = now.ms;
    made = { atMs: view.nowMs, present: now.present };
  };

  /** Milliseconds in which the units other than `u` would have taken all that waits of the model, by the routing. */
  const clearedByOthersMs = (m: number, u: number, waiting: number): number => {
    let perMs = 0;
    const row = routing!.jobs[m]!; // only asked with a routing
    for (let v = 0; v < row.length; v++) if (v !== u) perMs += row[v]!;
    return perMs > 0 ? (waiting * routing!.makespanMs) / perMs : Number.POSITIVE_INFINITY;
  };
  const soonestElsewhereMs = (view: SchedulerView, m: number, u: number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let v = 0; v < view.units.length; v++) {
      const unit = view.units[v]!; // v < units
      if (v === u || !allowed[m]![v] || routing!.jobs[m]![v]! <= 1e-9) continue;
      least = Math.min(least, unit.freeAtMs - view.nowMs + serviceMs(view, models[m]!, unit)); // m is a model
    }
    return least;
  };

  return {
    arrived(model: ModelId) {
      const m = index.get(model);
      if (m !== undefined) rates.arrived(m);
    },
    /** Reduced cost of the pair: what serving one job there takes from the best routing, in milliseconds. */
    price(m: number, u: number): number {
      return routing
        ? (routing.unitPrice[u] ?? 0) * (times[m]?.[u] ?? Number.NaN) - (routing.modelPriceMs[m] ?? 0)
        : Number.NaN;
    },
    decide(view: SchedulerView): Assignment | null {
      if (view.nowMs - made.atMs >= EVERY_MS || presence(view) !== made.present) solve(view);
      if (!routing) return null;
      let best: Assignment | null = null;
      let most = Number.NEGATIVE_INFINITY;
      for (let u = 0; u < view.units.length; u++) {
        const unit = view.units[u]!; // u < units
        if (!unit.idle) continue;
        for (let m = 0; m < models.length; m++) {
          const model = models[m]!; // m < models
          const job = allowed[m]![u] ? view.head(model) : undefined; // inside
          if (!job) continue;
          const ms = serviceMs(view, model, unit);
          const basic = routing.jobs[m]![u]! > 1e-9; // as above
          const cleared = clearedByOthersMs(m, u, view.waiting(model));
          if (basic ? cleared < THRESHOLD * ms && soonestElsewhereMs(view, m, u) < ms : cleared < ms) continue;
          const index = (view.nowMs - job.arrivalMs + 1e-3) / ms;
          const urgency = basic ? index : index - 1e9; // what belongs here goes before what only fills a gap
          if (urgency > most) {
            most = urgency;
            best = { job: job.id, model, unit: unit.unit.id, reason: basic ? 'price' : 'spare' };
          }
        }
        if (best) return best;
      }
      return best;
    },
  };
}

interface Residency {
  readonly sets: readonly (readonly number[] | null)[];
  readonly routing: Routing | null;
}

/** What units with too few slots should hold: what they hold now, unless another choice saves more than its switches. */
function bestResidency(now: Snapshot, work: readonly number[], mayChange: boolean): Residency {
  const asked = work.flatMap((n, m) => (n > 0 ? [m] : []));
  const limited = now.units.flatMap((unit, u) => (asked.length > unit.modelSlots ? [u] : []));
  let best = solved(
    now,
    work,
    limited,
    limited.map((u) => current(now, u, asked)),
  );
  const lists = limited.map((u) =>
    subsets(
      asked.filter((m) => Number.isFinite(now.ms[m]![u]!)),
      now.units[u]!.modelSlots,
    ),
  ); // a cell per unit
  const many = lists.reduce((count, list) => count * list.length, 1) > MOST_CHOICES;
  const full = limited.every((u) => now.units[u]!.resident.length >= now.units[u]!.modelSlots); // as above
  if (full && !mayChange && best.routing) return best;
  const ways = many ? oneAtATime(lists, best, limited) : product(lists);
  for (const way of ways) {
    const other = solved(now, work, limited, way);
    if (worth(other) < worth(best) * (1 - 1e-9)) best = other;
  }
  return best;
}

/** Less is better: the makespan with the switches that it takes to get there counted twice. */
const worth = ({ routing, switchMs }: Residency & { switchMs: number }): number =>
  (routing?.makespanMs ?? Number.POSITIVE_INFINITY) + switchMs;

function solved(
  now: Snapshot,
  work: readonly number[],
  limited: readonly number[],
  way: readonly (readonly number[])[],
) {
  const sets = now.units.map((_, u) => way[limited.indexOf(u)] ?? null);
  const switches = now.units.map((unit, u) => newcomers(unit, sets[u] ?? []));
  const ms = now.ms.map((row, m) =>
    row.map((time, u) => ((sets[u]?.includes(m) ?? true) ? time : Number.POSITIVE_INFINITY)),
  );
  return { sets, routing: bestRouting(ms, work, switches), switchMs: switches.reduce((sum, each) => sum + each, 0) };
}

/** Milliseconds of loading what the unit does not hold yet. */
function newcomers({ resident, modelSlots, switchMs }: Snapshot['units'][number], set: readonly number[]): number {
  const fresh = set.filter((m) => !resident.includes(m));
  const leaving = resident.filter((m) => !set.includes(m));
  const free = modelSlots - resident.length;
  return fresh.slice(Math.max(0, free)).reduce((sum, m, i) => sum + switchMs(leaving[i] ?? leaving[0] ?? null, m), 0);
}

const current = (now: Snapshot, u: number, asked: readonly number[]): number[] =>
  now.units[u]!.resident.filter((m) => asked.includes(m)); // u is a unit

/** Every set of `size` of them (fewer when there are fewer). */
function subsets(items: readonly number[], size: number): number[][] {
  if (size <= 0 || items.length === 0) return [[]];
  if (items.length <= size) return [[...items]];
  const [first, ...rest] = items as [number, ...number[]];
  return [...subsets(rest, size - 1).map((set) => [first, ...set]), ...subsets(rest, size)];
}

const product = (lists: readonly number[][][]): number[][][] =>
  lists.reduce<number[][][]>((all, list) => all.flatMap((way) => list.map((set) => [...way, set])), [[]]);

function oneAtATime(lists: readonly number[][][], { sets }: Residency, limited: readonly number[]): number[][][] {
  const base = limited.map((u) => [...(sets[u] ?? [])]);
  return lists.flatMap((list, i) => list.map((set) => base.with(i, set)));
}
