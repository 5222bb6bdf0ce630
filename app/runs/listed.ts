import type { ListedRun, Page, RunView } from '../../server/panel/wire.ts';

/** What is known of a list: the rows from its head on. */
export interface Listed {
  readonly query: string;
  readonly rows: readonly ListedRun[];
  readonly total: number;
  readonly next: string | null;
}

/**
 * A list whose head came again. Where the old rows go on behind the new head, they stay, so that nobody who has scrolled
 * down loses their place; where they do not, the list begins afresh.
 */
export function withHead(old: Listed, head: Page<ListedRun>): Listed {
  const last = head.items.at(-1);
  const at = last ? old.rows.findIndex((row) => row.id === last.id) : -1;
  if (at < 0 || head.next === null) return { query: old.query, rows: head.items, total: head.total, next: head.next };
  const fresh = new Set(head.items.map((run) => run.id));
  const rest = old.rows.slice(at + 1).filter((row) => !fresh.has(row.id));
  return {
    query: old.query,
    rows: [...head.items, ...rest],
    total: head.total,
    next: rest.length > 0 ? old.next : head.next,
  };
}

/** These runs were changed: those that still fit are as they are now, the others are out of the list. Nobody loses their place. */
export function withChanged(old: Listed, changed: readonly number[], fitting: readonly ListedRun[]): Listed {
  const now = new Map(fitting.map((run) => [run.id, run]));
  const touched = new Set(changed);
  const rows = old.rows.flatMap((row) => (touched.has(row.id) ? (now.get(row.id) ?? []) : row));
  return { ...old, rows, total: old.total - (old.rows.length - rows.length) };
}

/** News of a run that is in the list: what its experiment is made of stays. */
export const withRun = (list: Listed, run: RunView): Listed => ({
  ...list,
  rows: list.rows.map((row) => (row.id === run.id ? { ...row, ...run } : row)),
});
