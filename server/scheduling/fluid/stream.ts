import type { ModelId } from '../../hardware/unit.ts';
import type { Assignment, SchedulerView } from '../policy.ts';
import { bestRouting, type Routing } from '../routing.ts';
import { createRates } from './rates.ts';
import { presence, type Snapshot, snapshot } from './snapshot.ts';

/** The routing is asked anew so often, in milliseconds, and whenever a unit leaves or returns. */
const EVERY_MS = 100;
/** What is expected to arrive within so many milliseconds is planned for, so that a switch has time to pay. */
const HORIZON_MS = 30_000;
/** A unit that changed its model keeps the new one at least so long. */
const DWELL_MS = 10_000;
/** A unit keeps its hands off a job that the others would have done in this share of its own time… */
const THRESHOLD = 0.5;
/** …and one that is so many times slower than the best for it, in this share, while there is room to be choosy. */
const SLOW = { times: 5, threshold: 1 };
/** Above this share of what the units can do every bit of them counts. */
const TIGHT = 0.9;
/** Each waiting job that a pair outside the routing delays is charged so often. */
const CHARGE = 2;
/** With room to be choosy, a pair outside the routing helps out from so many waiting jobs of the model on. */
const CROWD = 3;
/** Beyond so many ways to fill the slots, units are looked at one at a time. */
const MOST_CHOICES = 256;

/** Routes a stream by the prices of the linear program, re-solved as rates, backlog, profile and units change. */
export function createStreamRouter(models: readonly ModelId[], ratePerMs?: readonly number[]) {
  const rates = createRates(models.length, ratePerMs);
  const index = new Map(models.map((model, m) => [model, m]));
  let routing: Routing | null = null;
  let allowed: boolean[][] = [];
  /** Milliseconds of each pair when the routing was made. */
  let times: number[][] = [];
  let made = { atMs: Number.NEGATIVE_INFINITY, present: 0 };
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
  const price = (m: number, u: number): number =>
    routing ? (routing.unitPrice[u] ?? 0) * (times[m]?.[u] ?? Number.NaN) - (routing.modelPriceMs[m] ?? 0) : Number.NaN;
  /** Whether the best routing uses the pair. */
  const belongs = (m: number, u: number): boolean => (routing?.jobs[m]?.[u] ?? 0) > 1e-9;
  /** When the others would have done one job of the model; a pair outside the routing is charged for those that it delays. */
  const elsewhereMs = (view: SchedulerView, m: number, u: number, delayed: number, basicOnly: boolean): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let v = 0; v < view.units.length; v++) {
      const unit = view.units[v]!; // v < units
      if (v === u || !allowed[m]![v]) continue;
      if (basicOnly && !belongs(m, v)) continue;
      const charge = belongs(m, v) ? 0 : CHARGE * Math.max(0, price(m, v)) * delayed;
      least = Math.min(least, unit.freeAtMs - view.nowMs + times[m]![v]! + charge);
    }
    return least;
  };

  /** Whether the unit should leave the model's jobs to the others, though it is idle. */
  const leaves = (view: SchedulerView, m: number, u: number, waiting: number): boolean => {
    const ms = times[m]![u]!; // m is a model, u a unit
    const own = view.waiting(models[m]!); // as above
    const tight = routing!.makespanMs > TIGHT * HORIZON_MS; // only asked with a routing
    const cleared = clearedByOthersMs(m, u, own);
    if (!belongs(m, u)) {
      const charged = ms + CHARGE * Math.max(0, price(m, u)) * (waiting - 1);
      const helps = (tight || own >= CROWD) && cleared > charged;
      return elsewhereMs(view, m, u, waiting - 1, false) <= charged && !helps;
    }
    const slow = !tight && ms > SLOW.times * Math.min(...times[m]!); // as above
    if (elsewhereMs(view, m, u, 0, true) < ms) return cleared < (slow ? SLOW.threshold : THRESHOLD) * ms;
    return !tight && waiting === 1 && elsewhereMs(view, m, u, 0, false) < ms;
  };

  return {
    arrived(model: ModelId) {
      const m = index.get(model);
      if (m !== undefined) rates.arrived(m);
    },
    price,
    /** Routes anew where that is due. */
    refresh(view: SchedulerView) {
      if (view.nowMs - made.atMs >= EVERY_MS || presence(view) !== made.present) solve(view);
    },
    /** Whether the pair may be used at all: it can run there, and the unit is meant to hold it. */
    allows: (m: number, u: number): boolean => allowed[m]?.[u] ?? false,
    belongs,
    decide(view: SchedulerView): Assignment | null {
      this.refresh(view);
      if (!routing) return null;
      const waiting = models.reduce((sum, model) => sum + view.waiting(model), 0);
      let best: Assignment | null = null;
      let most = Number.NEGATIVE_INFINITY;
      for (let u = 0; u < view.units.length; u++) {
        const unit = view.units[u]!; // u < units
        if (!unit.idle) continue;
        for (let m = 0; m < models.length; m++) {
          const model = models[m]!; // m < models
          const job = allowed[m]![u] ? view.head(model) : undefined; // as above
          if (!job || leaves(view, m, u, waiting)) continue;
          // What belongs here goes before what only fills a gap; then the oldest for its length.
          const urgency = (view.nowMs - job.arrivalMs + 1e-3) / times[m]![u]! - (belongs(m, u) ? 0 : GAP); // as above
          if (urgency <= most) continue;
          most = urgency;
          best = { job: job.id, model, unit: unit.unit.id, reason: belongs(m, u) ? 'price' : 'spare' };
        }
      }
      return best;
    },
  };
}

const GAP = 1e9;

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
