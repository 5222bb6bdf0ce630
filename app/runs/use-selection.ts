import { useRef, useState } from 'react';
import type { ListedRun } from '../../server/panel/wire.ts';

export interface Selection {
  /** In the order that they were chosen in. */
  readonly ids: readonly number[];
  has(id: number): boolean;
  /** The row; with `range` all from the row that was chosen last to this one. */
  choose(index: number, on: boolean, range: boolean): void;
  add(ids: readonly number[]): void;
  drop(ids: readonly number[]): void;
  clear(): void;
}

/** The runs that somebody has ticked. They stay ticked when another filter hides them. */
export function useSelection(rows: readonly ListedRun[] | null): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const last = useRef(0);
  const add = (ids: readonly number[]) => setChosen((old) => new Set([...old, ...ids]));
  const drop = (ids: readonly number[]) => setChosen((old) => new Set([...old].filter((id) => !ids.includes(id))));
  return {
    ids: [...chosen],
    has: (id) => chosen.has(id),
    choose(index, on, range) {
      const from = range ? Math.min(last.current, index) : index;
      const to = range ? Math.max(last.current, index) : index;
      const ids = (rows ?? []).slice(from, to + 1).map((run) => run.id);
      last.current = index;
      if (on) add(ids);
      else drop(ids);
    },
    add,
    drop,
    clear: () => setChosen(new Set()),
  };
}
