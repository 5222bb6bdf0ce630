import { quantile } from '../scheduling/quantile.ts';
import { OUTCOMES, type TraceColumns } from './trace.ts';

// One quantile, one throughput, one utilisation: page, API, metrics and export all compute them here.

export { quantile };

export interface LatencyFigures {
  readonly meanMs: number;
  readonly p50Ms: number;
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
    Record<string, { readonly jobs: number; readonly meanMs: number; readonly p99Ms: number }>
  >;
  readonly perUnit: Readonly<
    Record<
      string,
      { readonly jobs: number; readonly busyMs: number; readonly switches: number; readonly switchingMs: number }
    >
  >;
  /** Models replaced; first loads not counted. */
  readonly switches: number;
  /** Live runs: the most that any schedule could have reached with the service times that this run really had. */
  readonly boundThroughput?: number;
}

export function latencyFigures(latenciesMs: Float64Array): LatencyFigures {
  const ascending = latenciesMs.slice().sort();
  const sum = ascending.reduce((total, value) => total + value, 0);
  return {
    meanMs: sum / ascending.length,
    p50Ms: quantile(ascending, 0.5),
    p95Ms: quantile(ascending, 0.95),
    p99Ms: quantile(ascending, 0.99),
  };
}

/** What a run must tell about itself for its trace to be measured. */
export interface Measured {
  readonly units: readonly string[];
  readonly models: readonly string[];
  /** Jobs numbered lower warmed the system up and are not measured. */
  readonly firstMeasuredJob: number;
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
  return {
    jobs: done.length,
    makespanMs,
    throughput: (measured.length * 1000) / (makespanMs - sinceMs),
    latency: latencyFigures(latencies(trace, measured)),
    utilisation: Object.fromEntries(
      Object.entries(perUnit).map(([unit, f]) => [unit, Math.min(1, f.busyMs / makespanMs)]),
    ),
    perModel: modelFigures(trace, measured, run.models),
    perUnit,
    switches: Object.values(perUnit).reduce((sum, f) => sum + f.switches, 0),
  };
}

const isDone = (trace: TraceColumns, row: number): boolean => OUTCOMES[trace.outcome[row]!] === 'done'; // row < rows

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

function modelFigures(trace: TraceColumns, rows: Uint32Array, models: readonly string[]): RunFigures['perModel'] {
  return Object.fromEntries(
    models.flatMap((model, m) => {
      const own = rows.filter((row) => trace.model[row] === m);
      if (own.length === 0) return [];
      const { meanMs, p99Ms } = latencyFigures(latencies(trace, own));
      return [[model, { jobs: own.length, meanMs, p99Ms }]];
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
