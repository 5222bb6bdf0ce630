import type { Schedule } from './schedule.ts';
import type { View } from './view.ts';

/** The slice that somebody keeps looking at: a row of the trace, or null. */
export interface Pin {
  readonly row: number | null;
  set(row: number | null): void;
  /** So many of the oldest rows are gone: the same slice has another number, or is gone with them. */
  forget(rows: number): void;
  hear(listener: () => void): () => void;
}

export function createPin(): Pin {
  const listeners = new Set<() => void>();
  let row: number | null = null;
  const set = (next: number | null) => {
    if (next === row) return;
    row = next;
    for (const listener of listeners) listener();
  };
  return {
    get row() {
      return row;
    },
    set,
    forget: (rows) => set(row === null || row < rows ? null : row - rows),
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `next` and `previous` on the same unit; `above` and `below`: at the same moment on the nearest unit that did something. */
export type Step = 'next' | 'previous' | 'above' | 'below';

/** The row to go to from the pinned one; without a pin, what the middle of the view shows. Null: there is nothing there. */
export function stepFrom(schedule: Schedule, view: View, row: number | null, step: Step): number | null {
  const { columns } = schedule.trace;
  if (row === null) return nearest(schedule, (view.fromMs + view.toMs) / 2, 0, 1);
  const unit = columns.unit[row] ?? 0;
  const endMs = columns.endMs[row] ?? 0;
  if (step === 'above' || step === 'below') {
    const by = step === 'above' ? -1 : 1;
    return nearest(schedule, ((columns.startMs[row] ?? 0) + endMs) / 2, unit + by, by);
  }
  const track = schedule.tracks[unit];
  const at = track ? placeOf(track, row, endMs) : -1;
  const to = at + (step === 'next' ? 1 : -1);
  return track && at >= 0 && to >= 0 && to < track.length ? (track.row[to] ?? null) : null;
}

/** The slice closest to a moment on the first unit, going up or down, that has any. */
function nearest(schedule: Schedule, ms: number, from: number, by: 1 | -1): number | null {
  for (let unit = from; unit >= 0 && unit < schedule.tracks.length; unit += by) {
    const track = schedule.tracks[unit];
    if (!track || track.length === 0) continue;
    const [first] = track.within(ms, Number.POSITIVE_INFINITY);
    return track.row[Math.min(first, track.length - 1)] ?? null;
  }
  return null;
}

/** Slices stand in order of their end; of those that end together it is the one with this row. */
function placeOf(track: Schedule['tracks'][number], row: number, endMs: number): number {
  const [first] = track.within(endMs, Number.POSITIVE_INFINITY);
  for (let at = Math.min(first, track.length - 1); at >= 0 && (track.endMs[at] ?? 0) >= endMs; at--)
    if (track.row[at] === row) return at;
  return -1;
}

/** Moves the view, if it has to, so that the row is seen. */
export function bringIntoView(schedule: Schedule, view: View, row: number): void {
  const { columns } = schedule.trace;
  const [startMs, endMs] = [columns.startMs[row] ?? 0, columns.endMs[row] ?? 0];
  if (startMs >= view.fromMs && endMs <= view.toMs) return;
  view.pan((startMs + endMs) / 2 - (view.fromMs + view.toMs) / 2);
}
