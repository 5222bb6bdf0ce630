import { useCallback, useEffect, useRef, useState } from 'react';
import type { Page, RunView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { useEvent } from '../ui/live/use-event.ts';

const LIMIT = 100;
/** A new run brings the list's head again, but not each of many. */
const SETTLE_MS = 600;

export interface RunList {
  /** null: not known yet. */
  readonly rows: readonly RunView[] | null;
  readonly total: number;
  readonly error: unknown;
  readonly more: boolean;
  loadMore(): void;
  reload(): void;
}

interface Listed {
  readonly query: string;
  readonly rows: readonly RunView[];
  readonly total: number;
  readonly next: string | null;
}
/** What was on the screen, for whoever comes back to it: the page is as long as it was, so that the browser finds its place. */
let lastSeen: Listed | null = null;

const listed = ({ items, next, total }: Page<RunView>) => ({ rows: items, next, total });

/** A list whose head came again: what is known is renewed in its place; something new begins the list afresh. */
function withHead(old: Listed, head: Page<RunView>): Listed {
  const fresh = new Map(head.items.map((run) => [run.id, run]));
  const same = head.total === old.total && head.items.every((run, i) => old.rows[i]?.id === run.id);
  if (!same) return { query: old.query, ...listed(head) };
  return { ...old, rows: old.rows.map((run) => fresh.get(run.id) ?? run) };
}

/** The runs of a view, page by page as they are looked at; rows that change meanwhile change in their place. */
export function useRunList(query: string): RunList {
  const [state, setState] = useState<Listed | null>(lastSeen);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const busy = useRef(false);
  const reload = useCallback(() => setTurn((turn) => turn + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    const gone = new AbortController();
    busy.current = true;
    api
      .get<Page<RunView>>(`/runs?${query}&limit=${LIMIT}`, gone.signal)
      .then((page) => {
        setState((old) => (old?.query === query ? withHead(old, page) : { query, ...listed(page) }));
        setError(null);
      })
      .catch((error) => !gone.signal.aborted && setError(error))
      .finally(() => {
        busy.current = false;
      });
    return () => gone.abort();
  }, [query, turn]);

  const loadMore = useCallback(() => {
    const cursor = state?.query === query ? state.next : null;
    if (busy.current || !cursor) return;
    busy.current = true;
    api
      .get<Page<RunView>>(`/runs?${query}&limit=${LIMIT}&cursor=${encodeURIComponent(cursor)}`)
      .then(({ items, next, total }) =>
        setState((old) => (old?.query === query ? { query, rows: [...old.rows, ...items], next, total } : old)),
      )
      .catch(setError)
      .finally(() => {
        busy.current = false;
      });
  }, [query, state]);

  useEffect(() => {
    lastSeen = state;
  }, [state]);

  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(due.current), []);
  useEvent((event) => {
    if (event.type !== 'run' || !state) return;
    const { run } = event;
    if (state.rows.some((row) => row.id === run.id))
      setState({ ...state, rows: state.rows.map((row) => (row.id === run.id ? run : row)) });
    else {
      clearTimeout(due.current);
      due.current = setTimeout(reload, SETTLE_MS);
    }
  });
  const own = state?.query === query ? state : null;
  return { rows: own?.rows ?? null, total: own?.total ?? 0, error, more: Boolean(own?.next), loadMore, reload };
}
