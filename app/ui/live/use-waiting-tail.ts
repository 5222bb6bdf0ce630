import { useEffect, useMemo } from 'react';
import { type Waiting, waitingOfSamples } from '../gantt/waiting.ts';
import { statePulse } from './pulse.ts';
import { createSeries } from './ring.ts';

/** Several minutes of states; older ones are kept more thinly. */
const SAMPLES = 8192;

/** How many jobs of a run wait, from the moment that somebody looks. */
export function useWaitingTail(run: number | null): Waiting | null {
  const kept = useMemo(() => (run === null ? null : createSeries(1, SAMPLES)), [run]);
  useEffect(
    () =>
      statePulse.hear(({ run: live }) => {
        if (!kept || live?.run !== run || live.phase === 'preparing') return;
        const waiting = Object.values(live.waiting).reduce((sum, jobs) => sum + jobs, 0);
        kept.push(live.elapsedMs / 1000, [waiting]);
      }),
    [kept, run],
  );
  return useMemo(() => kept && waitingOfSamples(kept.columns), [kept]);
}
