'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useMemo } from 'react';
import { isOver } from '../../../server/application/status.ts';
import { Gantt } from '../../ui/gantt/gantt.tsx';
import { createPin } from '../../ui/gantt/pin.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { usePresent } from '../../ui/live/use-present.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Section } from '../../ui/section.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { StopButton } from '../../ui/stop-button.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { usePathId } from '../../ui/use-path-id.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { Gone } from './gone.tsx';
import { Headline } from './headline.tsx';
import { Marks } from './marks.tsx';
import { Notes } from './notes.tsx';
import { Progress } from './progress.tsx';
import { RunButtons } from './run-buttons.tsx';
import { Siblings } from './siblings.tsx';
import { useRun } from './use-run.ts';
import { useSchedule } from './use-schedule.ts';

/** Fetched once the rest is there: what comes before it is what somebody looks at first. */
const Charts = dynamic(() => import('./charts.tsx').then((module) => module.Charts), { loading: ChartsToCome });
/** Fetched when there is a race. */
const RacePanel = dynamic(() => import('./race-panel.tsx').then((module) => module.RacePanel));
/** Fetched when there is a result. */
const Result = dynamic(() => import('./result.tsx').then((module) => module.Result));

/** A run while it happens, and at the same address what came of it. */
export function Run() {
  const w = useWords();
  const id = usePathId();
  if (id === null) return <Waiting />;
  return Number.isNaN(id) ? <NothingHere sentence={w.run.notFound('_')} /> : <KnownRun key={id} id={id} />;
}

function KnownRun({ id }: { readonly id: number }) {
  const w = useWords();
  const f = useFormat();
  const { data: run, error, reload } = useRun(id);
  const { schedule, complete, error: traceError } = useSchedule(run);
  const operates = useLive(mayOperate);
  const stale = useLive(({ connection }) => connection === 'lost');
  const live = run?.status === 'running';
  const present = usePresent(id, schedule, live);
  const pin = useMemo(createPin, []); // outlives the chart, which is made anew when the run ends
  if (error?.code === 'deleted') return <Gone id={id} />;
  if (error?.status === 404) return <NothingHere sentence={w.run.notFound(String(id))} />;
  if (!run) return error ? <Trouble error={error} again={reload} /> : <Waiting />;
  const over = isOver(run.status);
  return (
    <>
      <PageTitle
        title={`${w.run.title(String(id))} · ${run.policy}`}
        aside={
          <>
            <StatusChip status={run.status} testId="run-status" />
            <Simulated source={run.source} />
            <span className="text-sm text-quiet">{w.run.repeat(f.number(run.repeat), f.number(run.spec.repeats))}</span>
          </>
        }
      >
        <Link href={`/experiments/${run.experiment}`} prefetch={false} className="btn max-w-full min-w-0">
          <span className="min-w-0 truncate">{run.name || w.run.experiment(String(run.experiment))}</span>
        </Link>
        <RunButtons run={run} />
        {!over && operates && <StopButton experiment={run.experiment} />}
      </PageTitle>
      <div className={`grid min-w-0 gap-5 ${stale && !over ? 'opacity-60 saturate-50' : ''}`}>
        <Marks run={run} />
        <Siblings run={run} />
        <Progress run={run} rows={schedule?.trace.nextSeq ?? 0} />
        <Headline run={run} />
        <Section title={w.gantt.title}>
          {traceError !== null && <Trouble error={traceError} />}
          {schedule && (!over || complete) ? (
            <Gantt key={String(live)} schedule={schedule} present={present} pin={pin} />
          ) : (
            <div style={{ height: 120 + run.units.length * 40 }} />
          )}
        </Section>
        {run.policy === 'race' && <RacePanel run={run} endMs={schedule?.endMs ?? 0} />}
        <Charts run={run} schedule={schedule} complete={complete} />
        <Notes run={run} />
        {over && <Result run={run} schedule={complete ? schedule : null} />}
      </div>
    </>
  );
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

/** As tall as what comes. */
function Waiting() {
  return (
    <div aria-hidden="true" className="grid gap-5">
      <div className="skeleton h-10 w-72" />
      <div className="card h-24" />
      <div className="card h-72" />
      <div className="card h-52" />
    </div>
  );
}
