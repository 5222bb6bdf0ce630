'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { isOver } from '../../../server/application/status.ts';
import { later } from '../../ui/later.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { StopButton } from '../../ui/stop-button.tsx';
import { Throttled } from '../../ui/throttled.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { usePathId } from '../../ui/use-path-id.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { Headline } from './headline.tsx';
import { Marks } from './marks.tsx';
import { Progress } from './progress.tsx';
import { RunButtons } from './run-buttons.tsx';
import { SectionsNav } from './sections-nav.tsx';
import { Siblings } from './siblings.tsx';
import { useRun } from './use-run.ts';
import { useSchedule } from './use-schedule.ts';

/** Fetched after what stands above it. */
const Files = later(() => import('./files.tsx').then((module) => module.Files));

/** Fetched when there is nothing else to show. */
const Gone = later(() => import('./gone.tsx').then((module) => module.Gone));
/** Fetched beside the rows that it draws. */
const Course = dynamic(() => import('./course.tsx').then((module) => module.Course), { loading: CourseToCome });
/** Fetched after what stands above them. */
const Notes = later(() => import('./notes.tsx').then((module) => module.Notes));
const Environment = later(() => import('./environment.tsx').then((module) => module.Environment));
/** Fetched when there is a result. */
const Result = later(() => import('./result.tsx').then((module) => module.Result));

/** A run while it happens, and at the same address what came of it. */
export function Run() {
  const w = useWords();
  const id = usePathId();
  if (id === null) return <Waiting />;
  return Number.isNaN(id) ? <NothingHere alone sentence={w.run.notFound('_')} /> : <KnownRun key={id} id={id} />;
}

function KnownRun({ id }: { readonly id: number }) {
  const w = useWords();
  const f = useFormat();
  const { data: run, error, reload } = useRun(id);
  const { schedule, complete, error: traceError } = useSchedule(run);
  const operates = useLive(mayOperate);
  const stale = useLive(({ connection }) => connection === 'lost');
  if (error?.code === 'deleted') return <Gone id={id} />;
  if (error?.status === 404) return <NothingHere alone sentence={w.run.notFound(String(id))} />;
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
            {run.notes.some(({ kind }) => kind === 'throttled') && <Throttled ms={run.throttledMs} />}
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
        <SectionsNav run={run} />
        <Course run={run} schedule={schedule} complete={complete} error={traceError} />
        <Notes run={run} />
        {over && <Result run={run} schedule={complete ? schedule : null} />}
        <div className={over ? 'grid items-start gap-5 xl:grid-cols-2' : 'grid gap-5'}>
          <Environment run={run} />
          {over && <Files run={run} />}
        </div>
      </div>
    </>
  );
}

/** As tall as what comes first, on a board of four units. */
function CourseToCome() {
  return <div aria-hidden="true" className="card h-[22rem]" />;
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
