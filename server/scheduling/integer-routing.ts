import { Tableau } from './linear-program.ts';
import { makespanProgram, type Pairs, type Times } from './routing.ts';

/** A split of whole jobs over the units. */
export interface IntegerRouting {
  /** `jobs[m][u]`: whole jobs of model m on unit u. */
  readonly jobs: readonly Float64Array[];
  readonly makespanMs: number;
  /** Whether nothing shorter exists. */
  readonly proved: boolean;
}

const WHOLE = 1e-6;
/** Two makespans that differ by less than this share are one. */
const EQUAL = 1e-9;

/**
 * The shortest schedule of whole jobs: branch and bound over the fluid routing, depth first, each node solved by the dual
 * simplex from its parent's basis (Land & Doig, Econometrica 28(3) 1960). The start is the fluid routing rounded down, the
 * rest placed where it ends soonest, then improved by moves and swaps. `nodes`: after so many the best found is returned,
 * unproved. `below`: only what is shorter than this is of interest. `null`: there is none.
 */
export function integerRouting(
  ms: Times,
  jobs: readonly number[],
  startMs: readonly number[],
  { nodes, below = Number.POSITIVE_INFINITY }: { readonly nodes: number; readonly below?: number },
): IntegerRouting | null {
  const program = makespanProgram(ms, jobs, startMs);
  const root = new Tableau(program);
  if (!root.dual()) return null;
  if (root.value >= below * (1 - EQUAL)) return null;
  const first = rounded(program, root.values(), ms, jobs, startMs);
  let best = first;
  let limit = Math.min(best.makespanMs, below);
  let visited = 0;
  let cut = false;
  const width = program.c.length;
  const descend = (node: Tableau): void => {
    if (visited++ >= nodes) {
      cut = true;
      return;
    }
    if (!node.dual(limit * (1 - EQUAL)) || node.value >= limit * (1 - EQUAL)) return;
    const x = node.values();
    const at = mostFractional(x, width - 1);
    if (at < 0) {
      best = { jobs: table(program, x, ms.length, startMs.length, Math.round), makespanMs: node.value };
      limit = best.makespanMs;
      return;
    }
    const floor = Math.floor(x[at]!); // at is a variable
    const row = new Float64Array(width);
    const branch = (sign: 1 | -1) => {
      const child = node.copy();
      row[at] = sign;
      child.addRow(row, sign === 1 ? floor : -floor - 1);
      descend(child);
    };
    const upFirst = x[at]! - floor > 0.5; // as above
    branch(upFirst ? -1 : 1);
    if (!cut) branch(upFirst ? 1 : -1);
  };
  if (nodes > 0) descend(root);
  else cut = root.value < best.makespanMs * (1 - EQUAL);
  if (best.makespanMs >= below * (1 - EQUAL)) return null;
  return { ...best, proved: !cut };
}

function mostFractional(x: Float64Array, count: number): number {
  let best = -1;
  let most = WHOLE;
  for (let j = 0; j < count; j++) {
    const away = Math.abs(x[j]! - Math.round(x[j]!)); // inside
    if (away > most) {
      most = away;
      best = j;
    }
  }
  return best;
}

function table(
  pairs: Pairs,
  x: Float64Array,
  models: number,
  units: number,
  whole: (n: number) => number,
): Float64Array[] {
  const jobs = Array.from({ length: models }, () => new Float64Array(units));
  pairs.model.forEach((m, j) => {
    jobs[m]![pairs.unit[j]!] = whole(x[j]!); // a row per model; one unit and value per pair
  });
  return jobs;
}

/** The fluid routing made whole. */
function rounded(pairs: Pairs, x: Float64Array, ms: Times, counts: readonly number[], startMs: readonly number[]) {
  const jobs = table(pairs, x, ms.length, startMs.length, (n) => Math.floor(n + WHOLE));
  const endMs = startMs.map((start, u) =>
    jobs.reduce((sum, row, m) => sum + (row[u]! > 0 ? row[u]! * ms[m]![u]! : 0), start),
  ); // a cell per unit
  const left = counts.flatMap((count, m) => {
    const missing = count - jobs[m]!.reduce((sum, n) => sum + n, 0); // a row per model
    return Array.from({ length: Math.max(0, Math.round(missing)) }, () => m);
  });
  const longest = (m: number) => Math.min(...ms[m]!);
  left.sort((a, b) => longest(b) - longest(a));
  for (const m of left) {
    const u = soonest(ms[m]!, endMs);
    jobs[m]![u]!++; // as above
    endMs[u]! += ms[m]![u]!; // as above
  }
  improve(jobs, endMs, ms);
  return { jobs, makespanMs: Math.max(...endMs) };
}

function soonest(times: readonly number[], endMs: readonly number[]): number {
  let best = 0;
  for (let u = 1; u < endMs.length; u++) if (endMs[u]! + times[u]! < endMs[best]! + times[best]!) best = u; // inside
  return best;
}

const ROUNDS = 200;

/** Moves one job of the unit that ends last, or swaps it for one of another unit, while that shortens the pair of them. */
function improve(jobs: Float64Array[], endMs: number[], ms: Times): void {
  for (let round = 0; round < ROUNDS; round++) {
    const last = endMs.indexOf(Math.max(...endMs));
    let least = endMs[last]! * (1 - EQUAL); // inside
    let change: (() => void) | null = null;
    const shift = (m: number, from: number, to: number) => {
      jobs[m]![from]!--;
      jobs[m]![to]!++;
      endMs[from]! -= ms[m]![from]!; // pairs that carry a job
      endMs[to]! += ms[m]![to]!;
    };
    for (let m = 0; m < ms.length; m++) {
      if (jobs[m]![last]! <= 0) continue; // inside, here and below
      for (let u = 0; u < endMs.length; u++) {
        if (u === last || !Number.isFinite(ms[m]![u]!)) continue;
        const lastMs = endMs[last]! - ms[m]![last]!;
        const otherMs = endMs[u]! + ms[m]![u]!;
        if (Math.max(lastMs, otherMs) < least) {
          least = Math.max(lastMs, otherMs);
          change = () => shift(m, last, u);
        }
        for (let k = 0; k < ms.length; k++) {
          if (k === m || jobs[k]![u]! <= 0 || !Number.isFinite(ms[k]![last]!)) continue;
          const swapped = Math.max(lastMs + ms[k]![last]!, otherMs - ms[k]![u]!);
          if (swapped >= least) continue;
          least = swapped;
          change = () => {
            shift(m, last, u);
            shift(k, u, last);
          };
        }
      }
    }
    if (!change) return;
    change();
  }
}
