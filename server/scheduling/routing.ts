import { type LinearProgram, Tableau } from './linear-program.ts';

/** Service times as numbers: `ms[m][u]`, infinite where model m cannot run on unit u. */
export type Times = readonly (readonly number[])[];

/** How work is best split over the units, as a fluid. */
export interface Routing {
  /** The least time in which all of it can be done. */
  readonly makespanMs: number;
  /** `jobs[m][u]`: jobs of model m on unit u; fractions of jobs are allowed. */
  readonly jobs: readonly Float64Array[];
  /** What a millisecond more of each unit would save; they add up to 1 where no unit starts late. */
  readonly unitPrice: Float64Array;
  /** What one more job of each model would cost, in milliseconds. */
  readonly modelPriceMs: Float64Array;
}

/** The pairs that can be, in the order of the program's variables; the last variable is the makespan. */
export interface Pairs {
  readonly model: readonly number[];
  readonly unit: readonly number[];
}

export function pairsOf(ms: Times, jobs: readonly number[]): Pairs {
  const model: number[] = [];
  const unit: number[] = [];
  ms.forEach((row, m) => {
    if (!(jobs[m]! > 0)) return; // one count per model
    row.forEach((time, u) => {
      if (!Number.isFinite(time)) return;
      model.push(m);
      unit.push(u);
    });
  });
  return { model, unit };
}

/**
 * min T: every model's jobs are done, no unit works beyond T. Rows: one per model, then one per unit.
 * Variables: jobs of each pair, then T.
 */
export function makespanProgram(ms: Times, jobs: readonly number[], startMs: readonly number[]): LinearProgram & Pairs {
  const pairs = pairsOf(ms, jobs);
  const width = pairs.model.length + 1;
  const rows = Array.from({ length: ms.length + startMs.length }, () => new Float64Array(width));
  pairs.model.forEach((m, j) => {
    const u = pairs.unit[j]!; // one per pair
    rows[m]![j] = -1; // a row per model
    rows[ms.length + u]![j] = ms[m]![u]!; // a row per unit; a time per pair
  });
  for (let u = 0; u < startMs.length; u++) rows[ms.length + u]![width - 1] = -1; // as above
  const c = Array.from({ length: width }, (_, j) => (j === width - 1 ? 1 : 0));
  return { c, A: rows, b: [...jobs.map((n) => -n), ...startMs.map((start) => -start)], ...pairs };
}

/** `jobs`: of each model, any amounts. `startMs`: when each unit is free. `null`: some asked-for model runs nowhere. */
export function bestRouting(ms: Times, jobs: readonly number[], startMs: readonly number[]): Routing | null {
  return startMs.every((start) => start === 0) ? fromRest(ms, jobs) : fromStart(ms, jobs, startMs);
}

function fromStart(ms: Times, jobs: readonly number[], startMs: readonly number[]): Routing | null {
  const program = makespanProgram(ms, jobs, startMs);
  const tableau = new Tableau(program);
  if (!tableau.dual()) return null;
  const prices = tableau.prices();
  return {
    makespanMs: tableau.value,
    jobs: split(program, tableau.values(), 1, ms.length, startMs.length),
    modelPriceMs: prices.slice(0, ms.length),
    unitPrice: prices.slice(ms.length),
  };
}

/**
 * All units free at once: then the same is max λ, the share of the work that a millisecond does, where nothing at all is a
 * start. The primal method over shares of time is by far the quicker one on large tables (100 × 100: 1 s; the dual 40 s,
 * the primal over jobs 9 s; x86, 2026-11).
 */
function fromRest(ms: Times, jobs: readonly number[]): Routing | null {
  const program = makespanProgram(ms, jobs, ms[0]?.map(() => 0) ?? []);
  const last = program.c.length - 1;
  const A = program.A.map((row, r) => {
    const line = Float64Array.from(row, (k, j) =>
      j === last || k === 0 ? 0 : k / ms[program.model[j]!]![program.unit[j]!]!,
    ); // a pair per variable
    if (r < ms.length) line[last] = jobs[r]!; // a row per model comes first
    return line;
  });
  const tableau = new Tableau({
    c: program.c.map((cost) => -cost),
    A,
    b: A.map((_, r) => (r < ms.length ? 0 : 1)),
  });
  if (!tableau.primal()) return { ...EMPTY, jobs: ms.map((row) => new Float64Array(row.length)) }; // nothing to do takes no time
  const rate = -tableau.value;
  if (!(rate > 1e-15)) return null;
  const prices = tableau.prices().map((price) => price / rate);
  return {
    makespanMs: 1 / rate,
    jobs: split(program, perJob(tableau.values(), program, ms), 1 / rate, ms.length, A.length - ms.length),
    modelPriceMs: prices.slice(0, ms.length),
    unitPrice: prices.slice(ms.length),
  };
}

const perJob = (shares: Float64Array, pairs: Pairs, ms: Times): Float64Array =>
  shares.map((share, j) => (j < pairs.model.length ? share / ms[pairs.model[j]!]![pairs.unit[j]!]! : share)); // a pair per variable

const EMPTY = { makespanMs: 0, unitPrice: new Float64Array(0), modelPriceMs: new Float64Array(0) };

function split(pairs: Pairs, x: Float64Array, scale: number, models: number, units: number): Float64Array[] {
  const jobs = Array.from({ length: models }, () => new Float64Array(units));
  pairs.model.forEach((m, j) => {
    jobs[m]![pairs.unit[j]!] = x[j]! * scale; // a row per model; one unit and value per pair
  });
  return jobs;
}
