import { useEffect, useMemo, useState } from 'react';
import { decodeTrace } from '../../server/application/trace.ts';
import type { RunDetail } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Gantt } from '../ui/gantt/gantt.tsx';
import { marksOf } from '../ui/gantt/marks.ts';
import { createSchedule, type Schedule } from '../ui/gantt/schedule.ts';
import { createView, type View } from '../ui/gantt/view.ts';
import { Section } from '../ui/section.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

const MOST = 6;

/** Schedules stacked on one time axis: what moves one moves all, and the cursor stands on all of them. */
export function Schedules({ runs }: { readonly runs: readonly RunDetail[] }) {
  const w = useWords();
  const f = useFormat();
  const view = useMemo(() => createView('fit'), []);
  const shown = runs.filter((run) => run.rows > 0).slice(0, MOST);
  if (shown.length === 0) return null;
  return (
    <Section title={w.compare.schedules}>
      <div className="grid gap-6">
        {shown.map((run, i) => (
          <div key={run.id} className="min-w-0">
            <h3 className="num mb-1 text-sm font-semibold">
              #{run.id} {run.policy}
              <span className="ml-2 font-normal text-quiet">{f.ms(run.makespanMs)}</span>
            </h3>
            <OneSchedule run={run} view={view} first={i === 0} last={i === shown.length - 1} />
          </div>
        ))}
      </div>
    </Section>
  );
}

interface OneProps {
  readonly run: RunDetail;
  readonly view: View;
  readonly first: boolean;
  readonly last: boolean;
}

function OneSchedule({ run, view, first, last }: OneProps) {
  const [schedule, setSchedule] = useState<Schedule | null>(null);
  const marks = useMemo(() => marksOf(run.notes, run.units), [run.notes, run.units]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: units and models of a run never change
  useEffect(() => {
    const gone = new AbortController();
    api.bytes(`/runs/${run.id}/trace`, gone.signal).then(
      (bytes) => {
        const made = createSchedule(run);
        made.append(decodeTrace(bytes));
        setSchedule(made);
      },
      () => {}, // its figures are shown all the same
    );
    return () => gone.abort();
  }, [run.id]);
  if (!schedule) return <div style={{ height: 60 + run.units.length * 40 }} />;
  return <Gantt schedule={schedule} view={view} marks={marks} legend={last} toolbar={first} />;
}
