import { useEffect, useState } from 'react';
import { decodeTrace } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { api } from '../api.ts';
import { createSchedule, type Schedule } from '../gantt/schedule.ts';
import { watchRun } from './socket.ts';

/** Ten seconds at well over a thousand inferences a second: a board may be left open for days. */
const TAIL_ROWS = 2 ** 14;

/** The newest of whatever runs, from the moment that somebody looks. */
export function useTail(run: number | null): Schedule | null {
  const [tail, setTail] = useState<{ run: number; schedule: Schedule } | null>(null);
  useEffect(() => {
    if (run === null) return;
    const gone = new AbortController();
    let leave = () => {};
    api.get<RunDetail>(`/runs/${run}`, gone.signal).then(
      (detail) => {
        if (gone.signal.aborted) return;
        const schedule = createSchedule(detail, 'anywhere', TAIL_ROWS);
        setTail({ run, schedule });
        leave = watchRun({
          // From now on; after a reconnection on from what is there, so that no gap is left that nothing could ever join.
          wants: () => (schedule.trace.rows > 0 ? { run, fromSeq: schedule.trace.nextSeq } : { run: null, fromSeq: 0 }),
          take: (rows) => rows.run !== run || schedule.append(decodeTrace(new Uint8Array(rows.data))),
        });
      },
      () => {}, // the run was deleted, or the page is left: there is nothing to show
    );
    return () => {
      gone.abort();
      leave();
    };
  }, [run]);
  return tail?.run === run ? tail.schedule : null;
}
