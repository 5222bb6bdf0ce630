import { useEffect, useMemo, useState } from 'react';
import { isOver } from '../../../server/application/status.ts';
import { decodeTrace } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { createSchedule, type Schedule } from '../../ui/gantt/schedule.ts';
import { watchRun } from '../../ui/live/socket.ts';

/** A run's schedule: rows as they come while it runs, the whole trace once it is over. */
export function useSchedule(run: RunDetail | null) {
  const id = run?.id;
  const over = run ? isOver(run.status) : false;
  const rows = run?.rows ?? 0;
  const [error, setError] = useState<unknown>(null);
  const [complete, setComplete] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: units and models of a run never change
  const schedule = useMemo<Schedule | null>(() => (run ? createSchedule(run) : null), [id]);

  useEffect(() => {
    if (!schedule || id === undefined || over) return;
    return watchRun({
      wants: () => ({ run: id, fromSeq: schedule.trace.nextSeq }),
      take: (part) => part.run !== id || schedule.append(decodeTrace(new Uint8Array(part.data))),
    });
  }, [schedule, id, over]);

  useEffect(() => {
    if (!schedule || id === undefined || !over) return;
    setComplete(false);
    if (schedule.trace.nextSeq >= rows) return setComplete(true);
    const gone = new AbortController();
    api.bytes(`/runs/${id}/trace`, gone.signal).then(
      (bytes) => {
        schedule.append(decodeTrace(bytes));
        setComplete(true);
      },
      (error) => !gone.signal.aborted && setError(error),
    );
    return () => gone.abort();
  }, [schedule, id, over, rows]);

  return { schedule, complete, error };
}
