import { useCallback, useEffect, useState } from 'react';
import { api, type Refused } from './api.ts';

export interface Snapshot<T> {
  readonly data: T | null;
  readonly error: Refused | null;
  reload(): void;
  /** Of what is known at that moment, not when the page was last drawn: two events between two drawings both count. */
  change(how: (data: T) => T): void;
}

/** What a page begins with: asked once per path, again when told to. While it is asked again the old is shown. */
export function useSnapshot<T>(path: string | null): Snapshot<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: Refused | null }>(NOTHING);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    if (path === null) return;
    const gone = new AbortController();
    api
      .get<T>(path, gone.signal)
      .then((data) => setState({ path, data, error: null }))
      .catch((error) => {
        if (!gone.signal.aborted) setState((old) => ({ path, data: old.path === path ? old.data : null, error }));
      });
    return () => gone.abort();
  }, [path, turn]);
  const reload = useCallback(() => setTurn((turn) => turn + 1), []);
  const change = useCallback(
    (how: (data: T) => T) =>
      setState((old) => (old.path === path && old.data !== null ? { path, data: how(old.data), error: null } : old)),
    [path],
  );
  const own = state.path === path ? state : NOTHING;
  return { data: own.data, error: own.error, reload, change };
}

const NOTHING = { path: null, data: null, error: null };
