import { useEffect, useState } from 'react';
import type { RunDetail } from '../../server/panel/wire.ts';
import { api, Refused } from '../ui/api.ts';

/** The runs that are asked for, in that order; those that do not exist are told apart. */
export function useRuns(ids: readonly number[]) {
  const key = ids.join(',');
  const [state, setState] = useState<{
    key: string;
    runs: readonly RunDetail[];
    missing: readonly number[];
    error: unknown;
  } | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    const wanted = key ? key.split(',').map(Number) : [];
    const one = (id: number) =>
      api.get<RunDetail>(`/runs/${id}`, gone.signal).catch((error) => {
        if (error instanceof Refused && (error.status === 404 || error.code === 'deleted')) return null;
        throw error;
      });
    Promise.all(wanted.map(one)).then(
      (found) =>
        setState({
          key,
          runs: found.filter((run) => run !== null),
          missing: wanted.filter((_, i) => found[i] === null),
          error: null,
        }),
      (error) => !gone.signal.aborted && setState({ key, runs: [], missing: [], error }),
    );
    return () => gone.abort();
  }, [key]);
  return state?.key === key ? state : null;
}
