import { bestRouting, type Routing } from '../routing.ts';
import type { Snapshot } from './snapshot.ts';

/** Beyond so many ways to fill the slots, units are looked at one at a time. */
const MOST_CHOICES = 256;

/** Which models each unit should hold (`null`: all it likes), and the routing that follows. */
export interface Residency {
  readonly sets: readonly (readonly number[] | null)[];
  readonly routing: Routing | null;
  /** There are too few slots for all that is asked for: units have to change their models as they go. */
  readonly torn: boolean;
}

/** What units with too few slots should hold: what they hold now, unless another choice saves more than its switches. */
export function bestResidency(now: Snapshot, work: readonly number[], mayChange: boolean): Residency {
  const asked = work.flatMap((n, m) => (n > 0 ? [m] : []));
  const limited = now.units.flatMap((unit, u) => (asked.length > unit.modelSlots ? [u] : []));
  let best = solved(
    now,
    work,
    limited,
    limited.map((u) => current(now, u, asked)),
  );
  const lists = limited.map((u) => choices(now, u, asked));
  const many = lists.reduce((count, list) => count * list.length, 1) > MOST_CHOICES;
  const full = limited.every((u) => now.units[u]!.resident.length >= now.units[u]!.modelSlots); // as above
  if (full && !mayChange && best.routing) return best;
  if (many && !best.routing) best = dive(now, work, limited, lists);
  const ways = many ? oneAtATime(lists, best, limited) : product(lists);
  for (const way of ways) {
    const other = solved(now, work, limited, way);
    if (worth(other) < worth(best) * (1 - 1e-9)) best = other;
  }
  return best.routing ? best : { ...solved(now, work, [], []), torn: true };
}

/** What a unit could hold: every set, or where there are too many its quickest models with any one of them exchanged. */
function choices(now: Snapshot, u: number, asked: readonly number[]): number[][] {
  const { modelSlots } = now.units[u]!; // u is a unit
  const able = asked.filter((m) => Number.isFinite(now.ms[m]![u]!)); // a cell per unit
  if (waysToChoose(able.length, modelSlots) <= MOST_CHOICES) return subsets(able, modelSlots);
  const byTime = [...able].sort((a, b) => now.ms[a]![u]! - now.ms[b]![u]!); // as above
  const quickest = byTime.slice(0, modelSlots);
  const others = byTime.slice(modelSlots);
  return [quickest, ...quickest.flatMap((_, i) => others.map((m) => quickest.with(i, m)))];
}

function waysToChoose(of: number, size: number): number {
  let ways = 1;
  for (let i = 0; i < Math.min(size, of - size); i++) ways = (ways * (of - i)) / (i + 1);
  return ways;
}

/** A start where what the units hold now does not serve everything: one unit after the other takes its best, those behind it still all they like. */
function dive(now: Snapshot, work: readonly number[], limited: readonly number[], lists: readonly number[][][]) {
  let way: number[][] = [];
  for (const list of lists) {
    const solutions = list.map((set) => ({ set, worth: worth(solved(now, work, limited, [...way, set])) }));
    const best = solutions.reduce((least, each) => (each.worth < least.worth ? each : least));
    way = [...way, best.set];
  }
  return solved(now, work, limited, way);
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
  const switchMs = switches.reduce((sum, each) => sum + each, 0);
  return { sets, routing: bestRouting(ms, work, switches), switchMs, torn: false };
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
