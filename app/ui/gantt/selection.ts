import { type LatencyFigures, latencyFigures } from '../../../server/application/measures.ts';
import { OUTCOMES } from '../../../server/application/trace.ts';
import type { Schedule } from './schedule.ts';

export interface SelectionSummary {
  /** Jobs that were completed in the stretch. */
  readonly jobs: number;
  readonly throughput: number;
  /** Of the completed; NaN of none. */
  readonly latency: LatencyFigures;
  /** How long the completed had waited for their unit, in the mean; NaN of none. */
  readonly waitMs: number;
  /** Models loaded within the stretch. */
  readonly switches: number;
  /** Attempts that failed or were lost with their unit. */
  readonly failed: number;
  /** Share of the stretch that each unit computed; switching not counted. */
  readonly utilisation: readonly number[];
}

const DONE = OUTCOMES.indexOf('done');

/** What happened between two moments. */
export function summarise(schedule: Schedule, fromMs: number, toMs: number): SelectionSummary {
  const { columns } = schedule.trace;
  const windows = schedule.tracks.map((track) => track.within(fromMs, toMs));
  const latencies = new Float64Array(windows.reduce((sum, [first, end]) => sum + Math.max(0, end - first), 0));
  const counts = { jobs: 0, waitMs: 0, switches: 0, failed: 0 };
  const utilisation = schedule.tracks.map((track, unit) => {
    const [first, end] = windows[unit] ?? [0, 0];
    let busyMs = 0;
    for (let i = first; i < end; i++) {
      const beginMs = track.beginMs[i]!; // first ≤ i < end, here and below
      const startMs = track.startMs[i]!;
      const endMs = track.endMs[i]!;
      const row = track.row[i]!;
      busyMs += Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs));
      if (startMs > beginMs && beginMs >= fromMs) counts.switches++;
      if (endMs > toMs) continue;
      if (columns.outcome[row] !== DONE) counts.failed++;
      else {
        latencies[counts.jobs++] = endMs - columns.arrivalMs[row]!;
        counts.waitMs += beginMs - columns.arrivalMs[row]!;
      }
    }
    return busyMs / (toMs - fromMs);
  });
  const { jobs, waitMs, switches, failed } = counts;
  return {
    ...{ jobs, switches, failed, utilisation },
    throughput: (jobs * 1000) / (toMs - fromMs),
    latency: latencyFigures(latencies.subarray(0, jobs)),
    waitMs: waitMs / jobs,
  };
}
