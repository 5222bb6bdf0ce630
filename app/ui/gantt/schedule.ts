import { OUTCOMES, type TraceColumns } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { createTraceBuffer, type TraceBuffer } from '../live/trace-buffer.ts';
import { createTrack, type Track } from './track.ts';

/** What the Gantt draws: a run's trace, and the same by unit. Grows while the run is live. */
export interface Schedule {
  readonly units: RunDetail['units'];
  readonly models: RunDetail['models'];
  readonly tracks: readonly Track[];
  readonly trace: TraceBuffer;
  /** The latest end so far. */
  readonly endMs: number;
  /** Classes of work: models by index, then these two. */
  readonly switchKind: number;
  readonly failedKind: number;
  /** False: rows are missing before these. */
  append(part: TraceColumns): boolean;
  hear(listener: () => void): () => void;
}

export function createSchedule(run: Pick<RunDetail, 'units' | 'models'>, start?: 'anywhere'): Schedule {
  const switchKind = run.models.length;
  const failedKind = switchKind + 1;
  const tracks = run.units.map(() => createTrack(failedKind + 1, switchKind));
  const trace = createTraceBuffer(start);
  const listeners = new Set<() => void>();
  let endMs = 0;
  return {
    ...{ units: run.units, models: run.models, tracks, trace, switchKind, failedKind },
    get endMs() {
      return endMs;
    },
    append(part) {
      const { taken, from } = trace.append(part);
      if (taken === 'gap') return false;
      const { columns } = trace;
      for (let row = from; row < trace.rows; row++) {
        const startMs = columns.startMs[row]!; // row < rows, here and below
        const done = OUTCOMES[columns.outcome[row]!] === 'done';
        tracks[columns.unit[row]!]?.add({
          row,
          startMs,
          beginMs: startMs - columns.loadMs[row]!,
          endMs: columns.endMs[row]!,
          kind: done ? columns.model[row]! : failedKind,
        });
        endMs = Math.max(endMs, columns.endMs[row]!);
      }
      for (const listener of listeners) listener();
      return true;
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
