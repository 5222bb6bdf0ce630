import { quantile } from '../../../server/application/measures.ts';
import { OUTCOMES } from '../../../server/application/trace.ts';
import type { Schedule } from './schedule.ts';

export interface SelectionSummary {
  /** Jobs that were completed in the stretch. */
  readonly jobs: number;
  readonly throughput: number;
  /** NaN of none. */
  readonly p99Ms: number;
  /** Share of the stretch that each unit computed; switching not counted. */
  readonly utilisation: readonly number[];
}

/** What happened between two moments. */
export function summarise(schedule: Schedule, fromMs: number, toMs: number): SelectionSummary {
  const { columns } = schedule.trace;
  const latencies: number[] = [];
  const utilisation = schedule.tracks.map((track) => {
    const [first, end] = track.within(fromMs, toMs);
    let busyMs = 0;
    for (let i = first; i < end; i++) {
      busyMs += Math.max(0, Math.min(toMs, track.endMs[i]!) - Math.max(fromMs, track.startMs[i]!)); // first ≤ i < end
      const row = track.row[i]!; // as above
      const completed = OUTCOMES[columns.outcome[row]!] === 'done' && columns.endMs[row]! <= toMs;
      if (completed) latencies.push(columns.endMs[row]! - columns.arrivalMs[row]!);
    }
    return busyMs / (toMs - fromMs);
  });
  return {
    jobs: latencies.length,
    throughput: (latencies.length * 1000) / (toMs - fromMs),
    p99Ms: quantile(
      latencies.sort((a, b) => a - b),
      0.99,
    ),
    utilisation,
  };
}
