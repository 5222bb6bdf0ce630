import { quantile } from '../../../server/application/measures.ts';
import { OUTCOMES } from '../../../server/application/trace.ts';
import type { Schedule } from '../gantt/schedule.ts';

/** A run's course, window by window, from its trace. Each is columns as uPlot wants them: seconds, then values. */
export interface TraceSeries {
  readonly throughput: Float64Array[];
  /** Jobs of each model that wait. */
  readonly queue: Float64Array[];
  /** p50, p95, p99 of what ended in the window; not a number where nothing did. */
  readonly latency: Float64Array[];
  readonly utilisation: Float64Array[];
}

/** As many windows as there are jobs to fill them: fewer, and a rate would be noise. */
const windowsFor = (rows: number): number => Math.max(12, Math.min(120, Math.round(rows / 8)));

export function traceSeries(
  schedule: Schedule,
  windows = windowsFor(schedule.trace.rows),
  asked: readonly number[] = [],
): TraceSeries {
  const stepMs = Math.max(schedule.endMs, 1) / windows;
  const ends = Float64Array.from({ length: windows }, (_, i) => ((i + 1) * stepMs) / 1000);
  const latencies = latenciesByWindow(schedule, windows, stepMs);
  const share = (p: number) => Float64Array.from(latencies, (list) => quantile(list, p));
  return {
    throughput: [ends, Float64Array.from(latencies, (list) => (list.length * 1000) / stepMs)],
    queue: queueDepth(schedule, windows, stepMs, asked),
    latency: [ends, share(0.5), share(0.95), share(0.99)],
    utilisation: [ends, ...utilisation(schedule, windows, stepMs)],
  };
}

const windowOf = (ms: number, stepMs: number, windows: number): number =>
  Math.min(windows - 1, Math.max(0, Math.ceil(ms / stepMs) - 1));

function latenciesByWindow(schedule: Schedule, windows: number, stepMs: number): number[][] {
  const { columns } = schedule.trace;
  const lists: number[][] = Array.from({ length: windows }, () => []);
  for (let row = 0; row < columns.rows; row++) {
    if (OUTCOMES[columns.outcome[row]!] !== 'done') continue; // row < rows, here and below
    lists[windowOf(columns.endMs[row]!, stepMs, windows)]?.push(columns.endMs[row]! - columns.arrivalMs[row]!);
  }
  for (const list of lists) list.sort((a, b) => a - b);
  return lists;
}

/**
 * Arrived and not yet dispatched, at the beginning and at the end of every window. `asked`: jobs of each model that waited from
 * the start; those that a run cut short never began have no row, and wait to the end.
 */
function queueDepth(schedule: Schedule, windows: number, stepMs: number, asked: readonly number[]): Float64Array[] {
  const { columns } = schedule.trace;
  const at = Float64Array.from({ length: windows + 1 }, (_, i) => (i * stepMs) / 1000);
  const depth = schedule.models.map(() => new Float64Array(windows + 1));
  const left = schedule.models.map((_, i) => asked[i] ?? 0);
  const point = (ms: number) => (ms <= 0 ? 0 : windowOf(ms, stepMs, windows) + 1);
  for (let row = 0; row < columns.rows; row++) {
    const own = depth[columns.model[row]!]; // row < rows, here and below
    if (!own || columns.attempt[row]! > 1) continue;
    left[columns.model[row]!]! -= 1;
    own[point(columns.arrivalMs[row]!)]! += 1;
    own[point(columns.dispatchMs[row]!)]! -= 1;
  }
  depth.forEach((own, model) => {
    own[0]! += Math.max(0, left[model] ?? 0); // windows + 1 values
  });
  for (const own of depth) for (let i = 1; i <= windows; i++) own[i]! += own[i - 1]!; // i ≤ windows
  return [at, ...depth];
}

function utilisation(schedule: Schedule, windows: number, stepMs: number): Float64Array[] {
  const classes = schedule.failedKind + 1;
  const shares = new Float32Array(windows * classes);
  return schedule.tracks.map((track) => {
    track.read(0, stepMs, windows, shares);
    return Float64Array.from({ length: windows }, (_, i) => {
      let busy = 0;
      for (let kind = 0; kind < classes; kind++)
        if (kind !== schedule.switchKind) busy += shares[i * classes + kind] ?? 0;
      return Math.min(1, busy);
    });
  });
}

/** Ascending latencies as a distribution: at most `points` steps, the last at 1. */
export function ecdf(latencies: Float64Array, points = 400): [Float64Array, Float64Array] {
  const ascending = latencies.slice().sort();
  const count = Math.min(points, ascending.length);
  const rankOf = (i: number) => Math.ceil(((i + 1) / count) * ascending.length);
  return [
    Float64Array.from({ length: count }, (_, i) => ascending[rankOf(i) - 1] ?? Number.NaN),
    Float64Array.from({ length: count }, (_, i) => rankOf(i) / ascending.length),
  ];
}

/** Of what was done, all models or one. */
export function latenciesOf(schedule: Schedule, model?: number): Float64Array {
  const { columns } = schedule.trace;
  const kept: number[] = [];
  for (let row = 0; row < columns.rows; row++) {
    const counts = OUTCOMES[columns.outcome[row]!] === 'done' && columns.attempt[row] === 1; // row < rows, here and below
    if (counts && (model === undefined || columns.model[row] === model))
      kept.push(columns.endMs[row]! - columns.arrivalMs[row]!);
  }
  return Float64Array.from(kept);
}
