import type { RunDetail, RunNote } from '../../../server/panel/wire.ts';
import { driftOf } from './drift-note.ts';
import { heldShareOf } from './throttle-note.ts';

/** What befell a unit besides its jobs, as it is drawn on its lane. */
export interface Mark {
  /**
   * `away`: it was lost. `slow`: it takes `factor` times as long as at first. `fault`: somebody set one, at that moment.
   * `throttled`: heat holds the clock at `factor` of what it could be.
   */
  readonly kind: 'away' | 'slow' | 'fault' | 'throttled';
  /** null: all of them. */
  readonly unit: number | null;
  readonly fromMs: number;
  /** Infinite while it lasts. */
  readonly toMs: number;
  readonly factor: number;
}

/** Slower by less is not marked. */
const SLOW = 1.1;

/** A run's notes as stretches and moments on lanes, in the order in which they began. */
export function marksOf(notes: readonly RunNote[], units: RunDetail['units']): Mark[] {
  const of = (id: string | null, index: number | null) =>
    ofUnit(
      notes.filter((note) => note.unit === id),
      index,
    );
  return [...of(null, null), ...units.flatMap(({ id }, index) => of(id, index))];
}

function ofUnit(notes: readonly RunNote[], unit: number | null): Mark[] {
  const marks: Mark[] = [];
  const open = new Map<Mark['kind'], Mark>();
  const close = (kind: Mark['kind'], toMs: number) => {
    const mark = open.get(kind);
    if (mark) marks.push({ ...mark, toMs });
    open.delete(kind);
  };
  const begin = (kind: Mark['kind'], fromMs: number, factor: number) => {
    if (!open.has(kind)) open.set(kind, { kind, unit, fromMs, toMs: Number.POSITIVE_INFINITY, factor });
  };
  /** Each note says how it changed; together they say how it is. Models by name change by themselves. */
  const factors = new Map<string, number>();
  for (const { kind, atMs, text } of notes) {
    if (kind === 'fault') marks.push({ kind: 'fault', unit, fromMs: atMs, toMs: atMs, factor: 1 });
    if (kind === 'unit-lost') begin('away', atMs, 1);
    if (kind === 'unit-back') close('away', atMs);
    if (kind === 'throttled' || kind === 'unthrottled') close('throttled', atMs);
    if (kind === 'throttled') begin('throttled', atMs, heldShareOf(text));
    const drift = kind === 'drift' ? driftOf(text) : null;
    if (!drift) continue;
    factors.set(drift.whose, (factors.get(drift.whose) ?? 1) * drift.factor);
    close('slow', atMs);
    const slowest = Math.max(...factors.values());
    if (slowest > SLOW) begin('slow', atMs, slowest);
  }
  return [...marks, ...open.values()].sort((a, b) => a.fromMs - b.fromMs);
}
