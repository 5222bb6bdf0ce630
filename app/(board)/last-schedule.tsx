import { useEffect, useMemo, useState } from 'react';
import { decodeTrace } from '../../server/application/trace.ts';
import type { RunDetail, RunView } from '../../server/panel/wire.ts';
import { askedAtOnce } from '../runs/[id]/asked-at-once.ts';
import { api } from '../ui/api.ts';
import { Gantt } from '../ui/gantt/gantt.tsx';
import { type Mark, marksOf } from '../ui/gantt/marks.ts';
import { createSchedule, type Schedule } from '../ui/gantt/schedule.ts';
import { createView, FOLLOW_MS } from '../ui/gantt/view.ts';
import { type Waiting, waitingOfRows } from '../ui/gantt/waiting.ts';

/** The last ten seconds of a run that is over. */
export function LastSchedule({ run }: { readonly run: RunView }) {
  const shown = useEnd(run);
  const view = useMemo(() => createView('fit'), []);
  useEffect(() => {
    if (!shown) return;
    const { endMs } = shown.schedule;
    view.reach(endMs);
    if (endMs > FOLLOW_MS) {
      view.zoom(FOLLOW_MS / (view.toMs - view.fromMs), view.fromMs);
      view.pan(endMs - view.toMs);
    }
  }, [shown, view]);
  return shown && <Gantt schedule={shown.schedule} view={view} marks={shown.marks} waiting={shown.waiting} still />;
}

interface Ended {
  readonly schedule: Schedule;
  readonly marks: readonly Mark[];
  readonly waiting: Waiting;
}

/** A run of many hours is not fetched only to be glanced at. */
const MOST_ROWS = 20_000;

function useEnd(run: RunView): Ended | null {
  const [ended, setEnded] = useState<(Ended & { readonly id: number }) | null>(null);
  useEffect(() => {
    if (run.done === 0 || run.done > MOST_ROWS) return;
    const gone = new AbortController();
    Promise.all([
      api.get<RunDetail>(`/runs/${run.id}`, gone.signal),
      api.bytes(`/runs/${run.id}/trace`, gone.signal),
    ]).then(
      ([detail, bytes]) => {
        const schedule = createSchedule(detail);
        schedule.append(decodeTrace(bytes));
        const asked = askedAtOnce(detail).reduce((sum, jobs) => sum + jobs, 0);
        setEnded({
          id: run.id,
          schedule,
          marks: marksOf(detail.notes, detail.units),
          waiting: waitingOfRows(schedule, asked),
        });
      },
      () => {}, // its figures are shown all the same
    );
    return () => gone.abort();
  }, [run.id, run.done]);
  return ended?.id === run.id ? ended : null;
}
