import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type Refused } from './api.ts';

export interface Snapshot<T> {
  readonly data: T | null;
  readonly error: Refused | null;
  reload(): void;
  /**
   * Of what is known at that moment, not when the page was last drawn: two events between two drawings both count. While an answer
   * is on its way it is done to that as well, for it may be older than the event: done twice it must be as good as done once.
   */
  change(how: (data: T) => T): void;
}

/** What a page begins with: asked once per path, again when told to. While it is asked again the old is shown. */
export function useSnapshot<T>(path: string | null): Snapshot<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: Refused | null }>(NOTHING);
  const [turn, setTurn] = useState(0);
  const meanwhile = useRef<((data: T) => T)[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    if (path === null) return;
    const gone = new AbortController();
    meanwhile.current = [];
    api
      .get<T>(path, gone.signal)
      .then((answer) => {
        if (gone.signal.aborted) return;
        const changes = meanwhile.current ?? [];
        meanwhile.current = null;
        setState({ path, data: changes.reduce((data, how) => how(data), answer), error: null });
      })
      .catch((error) => {
        if (gone.signal.aborted) return;
        meanwhile.current = null;
        setState((old) => ({ path, data: old.path === path ? old.data : null, error }));
      });
    return () => {
      gone.abort();
      meanwhile.current = null;
    };
  }, [path, turn]);
  const reload = useCallback(() => setTurn((turn) => turn + 1), []);
  const change = useCallback(
    (how: (data: T) => T) => {
      meanwhile.current?.push(how);
      setState((old) => (old.path === path && old.data !== null ? { path, data: how(old.data), error: null } : old));
    },
    [path],
  );
  const own = state.path === path ? state : NOTHING;
  return { data: own.data, error: own.error, reload, change };
}

const NOTHING = { path: null, data: null, error: null };
