import { useEffect, useState } from 'react';
import { decodeTrace } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { api } from '../api.ts';
import { createSchedule, type Schedule } from '../gantt/schedule.ts';
import { watchRun } from './socket.ts';

/** Ten seconds at well over a thousand inferences a second: a board may be left open for days. */
const TAIL_ROWS = 2 ** 14;

/** Of these somebody who comes to a run that goes on is shown the newest: ten seconds of 200 inferences a second. */
const SHOWN_AT_ONCE = 2048;

/** The newest of whatever runs. */
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
          // On from what is there, also after a reconnection, so that no gap is left that nothing could ever join.
          wants: () => ({
            run,
            fromSeq: schedule.trace.rows > 0 ? schedule.trace.nextSeq : Math.max(0, detail.rows - SHOWN_AT_ONCE),
          }),
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
