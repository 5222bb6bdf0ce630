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
  /** So many of the oldest rows have been let go of: rows have other numbers now. */
  hearForget(listener: (rows: number) => void): () => void;
}

/** What a browser keeps of a run that never ends: the newest million, less what is let go of at a time (96 MB). */
export const MOST_ROWS = 2 ** 20;

export function createSchedule(
  run: Pick<RunDetail, 'units' | 'models'>,
  start?: 'anywhere',
  mostRows = MOST_ROWS,
): Schedule {
  const switchKind = run.models.length;
  const failedKind = switchKind + 1;
  const tracks = run.units.map(() => createTrack(failedKind + 1, switchKind));
  const trace = createTraceBuffer(start);
  const listeners = new Set<() => void>();
  const forgetters = new Set<(rows: number) => void>();
  const forget = (rows: number) => {
    trace.forget(rows);
    for (const track of tracks) track.forget(rows);
    for (const listener of forgetters) listener(rows);
  };
  let endMs = 0;
  return {
    ...{ units: run.units, models: run.models, tracks, trace, switchKind, failedKind },
    get endMs() {
      return endMs;
    },
    append(part) {
      // Before the room is made, not after: what is kept never needs twice its size.
      const over = trace.rows + part.rows - mostRows;
      if (over > 0 && trace.rows > 0) forget(Math.min(trace.rows, Math.max(over, mostRows >> 3)));
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
    hearForget(listener) {
      forgetters.add(listener);
      return () => forgetters.delete(listener);
    },
  };
}
