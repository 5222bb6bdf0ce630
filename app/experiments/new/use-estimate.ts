import { useEffect, useState } from 'react';
import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import type { Estimate } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';

export interface EstimateState {
  /** The last that came; stays while the next is made, so that nothing jumps. */
  readonly estimate: Estimate | null;
  readonly busy: boolean;
  readonly error: unknown;
}

const PAUSE_MS = 250;

/** The simulator's prediction, asked for when typing pauses. */
export function useEstimate(spec: ExperimentSpec | null): EstimateState {
  const [state, setState] = useState<EstimateState>({ estimate: null, busy: false, error: null });
  useEffect(() => {
    if (!spec) {
      setState({ estimate: null, busy: false, error: null });
      return;
    }
    const gone = new AbortController();
    setState((old) => ({ ...old, busy: true, error: null }));
    const timer = setTimeout(() => {
      api.post<Estimate>('/estimate', spec, gone.signal).then(
        (estimate) => !gone.signal.aborted && setState({ estimate, busy: false, error: null }),
        (error) => !gone.signal.aborted && setState({ estimate: null, busy: false, error }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [spec]);
  return state;
}
