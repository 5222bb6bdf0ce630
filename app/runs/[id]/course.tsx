import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { isOver } from '../../../server/application/status.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { Gantt } from '../../ui/gantt/gantt.tsx';
import { marksOf } from '../../ui/gantt/marks.ts';
import { createPin } from '../../ui/gantt/pin.ts';
import type { Schedule } from '../../ui/gantt/schedule.ts';
import { createView } from '../../ui/gantt/view.ts';
import { type Waiting, waitingOfRows, waitingOfSamples } from '../../ui/gantt/waiting.ts';
import { later } from '../../ui/later.tsx';
import { usePresent } from '../../ui/live/use-present.ts';
import { Section } from '../../ui/section.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useWords } from '../../ui/words/language.ts';
import { askedAtOnce } from './asked-at-once.ts';
import { type RunSeries, useLiveSeries } from './use-live-series.ts';

/** Fetched once the rest is there: what comes before it is what somebody looks at first. */
const Charts = dynamic(() => import('./charts.tsx').then((module) => module.Charts), { loading: ChartsToCome });
/** Fetched after the charts, which stand before it. */
const Decisions = dynamic(() => import('./decisions.tsx').then((module) => module.Decisions), {
  loading: DecisionsToCome,
});
/** Fetched when there is a race. */
const RacePanel = later(() => import('./race-panel.tsx').then((module) => module.RacePanel));

interface Props {
  readonly run: RunDetail;
  readonly schedule: Schedule | null;
  /** The trace is whole. */
  readonly complete: boolean;
  readonly error: unknown;
}

/** What happened when: the schedule with what befell its units and how many jobs waited, and the run's figures over time. */
export function Course({ run, schedule, complete, error }: Props) {
  const w = useWords();
  const live = run.status === 'running';
  const series = useLiveSeries(run);
  const present = usePresent(run.id, schedule, live);
  const view = useMemo(() => createView(live ? 'follow' : 'fit'), [live]);
  const pin = useMemo(createPin, []); // outlives the chart, which is made anew when the run ends
  const marks = useMemo(() => marksOf(run.notes, run.units), [run.notes, run.units]);
  const waiting = useWaiting(run, schedule, complete, series);
  return (
    <>
      <Section title={w.gantt.title} anchor="schedule">
        {error !== null && <Trouble error={error} />}
        {schedule && (complete || !isOver(run.status)) ? (
          <Gantt
            key={String(live)}
            schedule={schedule}
            view={view}
            present={present}
            pin={pin}
            marks={marks}
            waiting={waiting}
          />
        ) : (
          <div style={{ height: 160 + run.units.length * 40 }} />
        )}
      </Section>
      {run.policy === 'race' && <RacePanel run={run} endMs={schedule?.endMs ?? 0} />}
      <div id="charts" className="scroll-mt-20">
        <Charts run={run} schedule={schedule} complete={complete} live={series} />
      </div>
      {schedule && <Decisions run={run} schedule={schedule} view={view} pin={pin} />}
    </>
  );
}

/** From what the board says while the run goes on, from every row once all are here. */
function useWaiting(run: RunDetail, schedule: Schedule | null, complete: boolean, series: RunSeries): Waiting | null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked of a run never changes
  return useMemo(() => {
    if (!schedule) return null;
    if (!complete) return waitingOfSamples(series.queue.columns);
    return waitingOfRows(
      schedule,
      askedAtOnce(run).reduce((sum, jobs) => sum + jobs, 0),
    );
  }, [run.id, schedule, complete, series]);
}

/** As tall as what comes. */
function DecisionsToCome() {
  return <div aria-hidden="true" className="card h-[27rem]" />;
}

/** As tall as what comes. */
function ChartsToCome() {
  return (
    <div aria-hidden="true" className="grid gap-5 md:grid-cols-2 2xl:grid-cols-4">
      {[0, 1, 2, 3].map((i) => (
        <div key={i} className="card h-[14.5rem]" />
      ))}
    </div>
  );
}
