import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListedRun, Page } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { useEvent } from '../ui/live/use-event.ts';
import { type Listed, withChanged, withHead, withRun } from './listed.ts';

const LIMIT = 100;
/** A list of so many rows is brought anew after a change; in a longer one only the rows that were changed are. */
const MOST_ANEW = 1000;
/** What the board answers in one page. */
const MOST_AMONG = 200;
/** A new run brings the list's head again, but not each of many. */
const SETTLE_MS = 600;

export interface RunList {
  /** null: not known yet. */
  readonly rows: readonly ListedRun[] | null;
  readonly total: number;
  readonly error: unknown;
  readonly more: boolean;
  loadMore(): void;
  /** The head again. */
  reload(): void;
  /** What is loaded again: runs were changed, or are gone. */
  renew(): void;
}

/** What was on the screen, for whoever comes back to it: the page is as long as it was, so that the browser finds its place. */
let lastSeen: Listed | null = null;

const ask = (query: string, cursor: string | null, signal?: AbortSignal) =>
  api.get<Page<ListedRun>>(
    `/runs?${query}&limit=${LIMIT}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    signal,
  );

/** The runs of a view, page by page as they are looked at; rows that change meanwhile change in their place. `query` null: not known yet. */
export function useRunList(query: string | null): RunList {
  const [state, setState] = useState<Listed | null>(lastSeen);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState({ n: 0, whole: false });
  const busy = useRef(false);
  const reload = useCallback(() => setTurn(({ n, whole }) => ({ n: n + 1, whole })), []);
  const renew = useCallback(() => setTurn(({ n }) => ({ n: n + 1, whole: true })), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    if (query === null) return;
    const gone = new AbortController();
    busy.current = true;
    const known = turn.whole && state?.query === query ? Math.min(state.rows.length, MOST_ANEW) : 0;
    const asked = known > LIMIT ? wholeAnew(query, known, gone.signal) : ask(query, null, gone.signal);
    asked
      .then((page) => {
        const anew = { query, rows: page.items, total: page.total, next: page.next };
        setState((old) => (old?.query === query && !turn.whole ? withHead(old, page) : anew));
        setTurn((turn) => (turn.whole ? { ...turn, whole: false } : turn));
        setError(null);
      })
      .catch((error) => !gone.signal.aborted && setError(error))
      .finally(() => {
        if (!gone.signal.aborted) busy.current = false;
      });
    return () => gone.abort();
  }, [query, turn.n]);

  const loadMore = useCallback(() => {
    const cursor = state?.query === query ? state.next : null;
    if (busy.current || !cursor || query === null) return;
    busy.current = true;
    ask(query, cursor)
      .then(({ items, next, total }) => {
        setState((old) => (old?.query === query ? { query, rows: [...old.rows, ...items], next, total } : old));
        setError(null);
      })
      .catch(setError)
      .finally(() => {
        busy.current = false;
      });
  }, [query, state]);

  useEffect(() => {
    lastSeen = state;
  }, [state]);

  const changed = (runs: readonly number[]): void => {
    const shown = state?.rows.filter((row) => runs.includes(row.id)).map((row) => row.id) ?? [];
    if (!state || state.query !== query || state.rows.length <= MOST_ANEW || shown.length > MOST_AMONG) return renew();
    if (shown.length === 0) return;
    api.get<Page<ListedRun>>(`/runs?${query}&ids=${shown}&limit=${MOST_AMONG}`).then(({ items }) => {
      setState((old) => (old?.query === query ? withChanged(old, shown, items) : old));
    }, setError);
  };

  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(due.current), []);
  useEvent((event) => {
    if (event.type === 'runs') return changed(event.runs);
    if (event.type !== 'run' || !state) return;
    const { run } = event;
    if (state.rows.some((row) => row.id === run.id)) return setState(withRun(state, run));
    clearTimeout(due.current);
    due.current = setTimeout(reload, SETTLE_MS);
  });
  const own = state?.query === query ? state : null;
  return { rows: own?.rows ?? null, total: own?.total ?? 0, error, more: Boolean(own?.next), loadMore, reload, renew };
}

/** As many rows as there were, page by page: the one who looks at them keeps their place. */
async function wholeAnew(query: string, count: number, signal: AbortSignal): Promise<Page<ListedRun>> {
  let page = await ask(query, null, signal);
  while (page.items.length < count && page.next) {
    const more = await ask(query, page.next, signal);
    page = { ...more, items: [...page.items, ...more.items] };
  }
  return page;
}
