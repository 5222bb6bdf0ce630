import { quantile, rankOf } from '../scheduling/quantile.ts';
import type { Measuring } from './arrivals.ts';
import { selectRank } from './select.ts';
import { OUTCOMES, type TraceColumns } from './trace.ts';

// One quantile, one throughput, one utilisation: page, API, metrics and export all compute them here.

export { quantile };

export interface LatencyFigures {
  readonly meanMs: number;
  readonly p50Ms: number;
  /** Where jobs are asked for by the query, which MLPerf judges by it. */
  readonly p90Ms?: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** What a run comes to. Latency runs from arrival to end; utilisation is service time over makespan, switching not counted. */
export interface RunFigures {
  readonly jobs: number;
  readonly makespanMs: number;
  /** Inferences per second. */
  readonly throughput: number;
  readonly latency: LatencyFigures;
  readonly utilisation: Readonly<Record<string, number>>;
  readonly perModel: Readonly<
    Record<
      string,
      { readonly jobs: number; readonly meanMs: number; readonly p99Ms: number; readonly missRate?: number }
    >
  >;
  readonly perUnit: Readonly<
    Record<
      string,
      { readonly jobs: number; readonly busyMs: number; readonly switches: number; readonly switchingMs: number }
    >
  >;
  /** Models replaced; first loads not counted. */
  readonly switches: number;
  /** Share of the measured jobs with a deadline that ended after it, or never; left out where no job had one. */
  readonly missRate?: number;
  /** Where several jobs are one query: a query's latency, from its arrival to the end of its last job. */
  readonly query?: LatencyFigures & { readonly queries: number };
  /** Live runs: the most that any schedule could have reached with the service times that this run really had. */
  readonly boundThroughput?: number;
}

export function latencyFigures(latenciesMs: Float64Array, withP90 = false): LatencyFigures {
  const values = latenciesMs.slice();
  let from = 0;
  const next = (share: number): number => {
    if (values.length === 0) return Number.NaN;
    const rank = rankOf(share, values.length);
    const value = selectRank(values, rank, from);
    from = rank;
    return value;
  };
  return {
    meanMs: total(latenciesMs) / latenciesMs.length,
    p50Ms: next(0.5),
    ...(withP90 ? { p90Ms: next(0.9) } : {}),
    p95Ms: next(0.95),
    p99Ms: next(0.99),
  };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!; // i < length
  return sum;
}

/** What a run must tell about itself for its trace to be measured. */
export interface Measured extends Measuring {
  readonly units: readonly string[];
  readonly models: readonly string[];
}

/**
 * The figures of a trace, whole or partial; `null` when nothing was done. Jobs that needed a second attempt are left out of
 * the latencies, for they measure the fault and not the schedule.
 */
export function figuresOf(trace: TraceColumns, run: Measured): RunFigures | null {
  const done = rowsOf(trace, 0, (outcome) => outcome === DONE);
  const measured = run.firstMeasuredJob > 0 ? rowsOf(trace, run.firstMeasuredJob, (outcome) => outcome === DONE) : done;
  if (done.length === 0 || measured.length === 0) return null;
  const makespanMs = most(done, trace.endMs);
  const sinceMs = run.firstMeasuredJob > 0 ? least(measured, trace.arrivalMs) : 0;
  const perUnit = unitFigures(trace, done, run.units);
  const due = dueRows(trace, run.firstMeasuredJob);
  return {
    jobs: done.length,
    makespanMs,
    throughput: (measured.length * 1000) / (makespanMs - sinceMs),
    latency: latencyFigures(latencies(trace, measured), run.query !== undefined),
    utilisation: Object.fromEntries(
      Object.entries(perUnit).map(([unit, f]) => [unit, Math.min(1, f.busyMs / makespanMs)]),
    ),
    perModel: modelFigures(trace, measured, due, run.models),
    perUnit,
    switches: Object.values(perUnit).reduce((sum, f) => sum + f.switches, 0),
    ...(due.length > 0 ? { missRate: missRate(trace, due) } : {}),
    ...(run.query !== undefined && run.query > 1 ? { query: queryFigures(trace, measured, run.query) } : {}),
  };
}

const DONE = OUTCOMES.indexOf('done');
const LOST = OUTCOMES.indexOf('lost');

// Plain loops over the columns from here on: with a closure for each row, measuring took a seventh of a simulation
// (300,000 jobs in 70 ms; x86, Node 20, 2026-11).

function rowsOf(trace: TraceColumns, firstJob: number, holds: (outcome: number) => boolean): Uint32Array {
  const counts = OUTCOMES.map((_, outcome) => holds(outcome));
  const rows = new Uint32Array(trace.rows);
  let count = 0;
  for (let row = 0; row < trace.rows; row++)
    if (counts[trace.outcome[row]!] && trace.job[row]! >= firstJob) rows[count++] = row; // row < rows
  return rows.subarray(0, count);
}

/** Those whose deadline counts: they have one, and the attempt was the last. */
function dueRows(trace: TraceColumns, firstJob: number): Uint32Array {
  if (trace.deadlineMs.every((deadlineMs) => deadlineMs === Number.POSITIVE_INFINITY)) return new Uint32Array(0);
  const last = rowsOf(trace, firstJob, (outcome) => outcome !== LOST);
  return last.filter((row) => trace.deadlineMs[row]! < Number.POSITIVE_INFINITY); // rows index the columns
}

/** Rounding must not make a job late that ends on its deadline: far below what any clock here tells apart. */
const ON_TIME_MS = 1e-6;

function missRate(trace: TraceColumns, due: Uint32Array): number {
  const missed = (row: number) =>
    trace.outcome[row] !== DONE || trace.endMs[row]! > trace.deadlineMs[row]! + ON_TIME_MS; // rows index the columns
  return due.filter(missed).length / due.length;
}

function queryFigures(trace: TraceColumns, rows: Uint32Array, size: number): NonNullable<RunFigures['query']> {
  const latest = new Map<number, number>();
  for (const row of rows) {
    const query = Math.floor(trace.job[row]! / size); // rows index the columns
    latest.set(query, Math.max(latest.get(query) ?? 0, trace.endMs[row]! - trace.arrivalMs[row]!)); // as above
  }
  return { queries: latest.size, ...latencyFigures(Float64Array.from(latest.values()), true) };
}

/** Of first attempts; of all where there are none. */
function latencies(trace: TraceColumns, rows: Uint32Array): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!; // i < length
    if (trace.attempt[row] === 1) values[count++] = trace.endMs[row]! - trace.arrivalMs[row]!; // rows index the columns
  }
  if (count > 0 || rows.length === 0) return values.subarray(0, count);
  return Float64Array.from(rows, (row) => trace.endMs[row]! - trace.arrivalMs[row]!); // as above
}

function modelFigures(
  trace: TraceColumns,
  rows: Uint32Array,
  due: Uint32Array,
  models: readonly string[],
): RunFigures['perModel'] {
  const own = byModel(trace, rows, models.length);
  const ownDue = byModel(trace, due, models.length);
  return Object.fromEntries(
    models.flatMap((model, m) => {
      const [jobs, withDeadline] = [own[m]!, ownDue[m]!]; // one list per model
      if (jobs.length === 0) return [];
      const { meanMs, p99Ms } = latencyFigures(latencies(trace, jobs));
      const missed = withDeadline.length > 0 ? { missRate: missRate(trace, withDeadline) } : {};
      return [[model, { jobs: jobs.length, meanMs, p99Ms, ...missed }]];
    }),
  );
}

/** The rows of each model, in their order. */
function byModel(trace: TraceColumns, rows: Uint32Array, models: number): Uint32Array[] {
  const ends = new Uint32Array(models);
  for (let i = 0; i < rows.length; i++) ends[trace.model[rows[i]!]!]!++; // rows index the columns, models their counts
  const lists = Array.from(ends, (count) => new Uint32Array(count));
  ends.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const model = trace.model[rows[i]!]!; // as above
    lists[model]![ends[model]!++] = rows[i]!; // as above
  }
  return lists;
}

function unitFigures(trace: TraceColumns, rows: Uint32Array, units: readonly string[]): RunFigures['perUnit'] {
  const figures = units.map(() => ({ jobs: 0, busyMs: 0, switches: 0, switchingMs: 0 }));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!; // i < length
    const figure = figures[trace.unit[row]!]!; // a trace's units are the run's
    figure.jobs++;
    figure.busyMs += trace.endMs[row]! - trace.startMs[row]!; // rows index the columns
    figure.switches += trace.switched[row]!; // as above
    figure.switchingMs += trace.loadMs[row]!; // as above
  }
  return Object.fromEntries(units.map((unit, u) => [unit, figures[u]!])); // one figure per unit
}

function most(rows: Uint32Array, column: Float64Array): number {
  let max = 0;
  for (let i = 0; i < rows.length; i++) max = Math.max(max, column[rows[i]!]!); // rows index columns
  return max;
}

function least(rows: Uint32Array, column: Float64Array): number {
  let min = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) min = Math.min(min, column[rows[i]!]!); // rows index columns
  return min;
}
