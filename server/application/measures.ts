import type { Measuring } from './arrivals.ts';
import { OUTCOMES, type TraceColumns } from './trace.ts';

// One quantile, one throughput, one utilisation: page, API, metrics and export all compute them here.

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

/** Nearest-rank percentile of ascending values; NaN of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return Number.NaN;
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1]!;
}

export function latencyFigures(latenciesMs: Float64Array, withP90 = false): LatencyFigures {
  const ascending = latenciesMs.slice().sort();
  const sum = ascending.reduce((total, value) => total + value, 0);
  return {
    meanMs: sum / ascending.length,
    p50Ms: quantile(ascending, 0.5),
    ...(withP90 ? { p90Ms: quantile(ascending, 0.9) } : {}),
    p95Ms: quantile(ascending, 0.95),
    p99Ms: quantile(ascending, 0.99),
  };
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
  const measured = rowsWhere(trace, (row) => isDone(trace, row) && trace.job[row]! >= run.firstMeasuredJob);
  const done = rowsWhere(trace, (row) => isDone(trace, row));
  if (done.length === 0 || measured.length === 0) return null;
  const makespanMs = most(done, trace.endMs);
  const sinceMs = run.firstMeasuredJob > 0 ? least(measured, trace.arrivalMs) : 0;
  const perUnit = unitFigures(trace, done, run.units);
  const due = rowsWhere(trace, (row) => isDue(trace, row) && trace.job[row]! >= run.firstMeasuredJob); // row < rows
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

const isDone = (trace: TraceColumns, row: number): boolean => OUTCOMES[trace.outcome[row]!] === 'done'; // row < rows

/** Its deadline counts: it has one, and this attempt was its last. */
const isDue = (trace: TraceColumns, row: number): boolean =>
  trace.deadlineMs[row]! < Number.POSITIVE_INFINITY && OUTCOMES[trace.outcome[row]!] !== 'lost'; // row < rows

/** Rounding must not make a job late that ends on its deadline: far below what any clock here tells apart. */
const ON_TIME_MS = 1e-6;

const missRate = (trace: TraceColumns, due: Uint32Array): number =>
  due.filter((row) => !isDone(trace, row) || trace.endMs[row]! > trace.deadlineMs[row]! + ON_TIME_MS).length /
  due.length; // rows index the columns

function queryFigures(trace: TraceColumns, rows: Uint32Array, size: number): NonNullable<RunFigures['query']> {
  const latest = new Map<number, number>();
  for (const row of rows) {
    const query = Math.floor(trace.job[row]! / size); // rows index the columns
    latest.set(query, Math.max(latest.get(query) ?? 0, trace.endMs[row]! - trace.arrivalMs[row]!)); // as above
  }
  return { queries: latest.size, ...latencyFigures(Float64Array.from(latest.values()), true) };
}

function rowsWhere(trace: TraceColumns, holds: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(trace.rows);
  let count = 0;
  for (let row = 0; row < trace.rows; row++) if (holds(row)) found[count++] = row;
  return found.subarray(0, count);
}

function latencies(trace: TraceColumns, rows: Uint32Array): Float64Array {
  const first = rows.filter((row) => trace.attempt[row] === 1);
  const measured = first.length > 0 ? first : rows;
  const values = new Float64Array(measured.length);
  for (let i = 0; i < values.length; i++) values[i] = trace.endMs[measured[i]!]! - trace.arrivalMs[measured[i]!]!; // rows index the columns
  return values;
}

function modelFigures(
  trace: TraceColumns,
  rows: Uint32Array,
  due: Uint32Array,
  models: readonly string[],
): RunFigures['perModel'] {
  return Object.fromEntries(
    models.flatMap((model, m) => {
      const own = rows.filter((row) => trace.model[row] === m);
      if (own.length === 0) return [];
      const { meanMs, p99Ms } = latencyFigures(latencies(trace, own));
      const ownDue = due.filter((row) => trace.model[row] === m);
      const missed = ownDue.length > 0 ? { missRate: missRate(trace, ownDue) } : {};
      return [[model, { jobs: own.length, meanMs, p99Ms, ...missed }]];
    }),
  );
}

function unitFigures(trace: TraceColumns, rows: Uint32Array, units: readonly string[]): RunFigures['perUnit'] {
  const figures = units.map(() => ({ jobs: 0, busyMs: 0, switches: 0, switchingMs: 0 }));
  for (const row of rows) {
    const figure = figures[trace.unit[row]!]!; // a trace's units are the run's
    figure.jobs++;
    figure.busyMs += trace.endMs[row]! - trace.startMs[row]!; // rows index the columns
    figure.switches += trace.switched[row]!; // as above
    figure.switchingMs += trace.loadMs[row]!; // as above
  }
  return Object.fromEntries(units.map((unit, u) => [unit, figures[u]!])); // one figure per unit
}

const most = (rows: Uint32Array, column: Float64Array): number =>
  rows.reduce((max, row) => Math.max(max, column[row]!), 0); // rows index columns
const least = (rows: Uint32Array, column: Float64Array): number =>
  rows.reduce((min, row) => Math.min(min, column[row]!), Number.POSITIVE_INFINITY); // as above
