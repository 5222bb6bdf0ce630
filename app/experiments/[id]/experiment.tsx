'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { isOver } from '../../../server/application/status.ts';
import type { ExperimentView } from '../../../server/panel/wire.ts';
import { useKeys } from '../../ui/keys/use-keys.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { useLiveSnapshot } from '../../ui/live/use-live-snapshot.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { StopButton } from '../../ui/stop-button.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { usePathId } from '../../ui/use-path-id.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { PerPolicy } from './per-policy.tsx';
import { Question } from './question.tsx';
import { RunTable } from './run-table.tsx';

/** A question and its answers so far: runs by policy, with what repeats say. */
export function Experiment() {
  const w = useWords();
  const id = usePathId();
  if (id === null) return <div aria-hidden="true" className="card h-96" />;
  return Number.isNaN(id) ? (
    <NothingHere alone sentence={w.experiments.notFound('_')} />
  ) : (
    <KnownExperiment key={id} id={id} />
  );
}

function KnownExperiment({ id }: { readonly id: number }) {
  const w = useWords();
  const f = useFormat();
  const { data, error, reload, change } = useLiveSnapshot<ExperimentView>(`/experiments/${id}`);
  const router = useRouter();
  const operates = useLive(mayOperate);
  useEvent((event) => {
    if (event.type === 'experiment' && event.experiment.id === id) change(() => event.experiment);
    if (event.type === 'run' && event.run.experiment === id)
      change((known) => ({ ...known, runs: known.runs.map((run) => (run.id === event.run.id ? event.run : run)) }));
  });
  const measured = data?.runs.filter((run) => run.throughput !== null) ?? [];
  const compare = measured.length > 1 ? `/compare?r=${measured.slice(0, 12).map((run) => run.id)}` : null;
  const last = data?.runs.at(-1);
  const repeat = last && operates ? `/experiments/new?from=${last.id}` : null;
  useKeys({
    c: compare ? () => router.push(compare) : undefined,
    r: repeat ? () => router.push(repeat) : undefined,
  });
  if (error?.status === 404) return <NothingHere alone sentence={w.experiments.notFound(String(id))} />;
  if (!data) return error ? <Trouble error={error} again={reload} /> : <div aria-hidden="true" className="card h-96" />;
  const over = data.runs.filter((run) => isOver(run.status));
  return (
    <>
      <PageTitle
        title={data.name || w.experiments.title1(String(id))}
        aside={
          <>
            <StatusChip status={data.status} />
            <Simulated source={data.source} />
            <span className="num text-sm text-quiet">
              {w.experiments.progress(f.number(over.length), f.number(data.spec.policies.length * data.spec.repeats))}
            </span>
          </>
        }
      >
        {compare && (
          <Link href={compare} className="btn btn-primary" title={`${w.experiments.compareRuns} (C)`}>
            {w.experiments.compareRuns}
          </Link>
        )}
        {repeat && (
          <Link href={repeat} className="btn" title={`${w.experiments.again} (R)`}>
            {w.experiments.again}
          </Link>
        )}
        {!isOver(data.status) && operates && <StopButton experiment={id} />}
      </PageTitle>
      <div className="grid gap-5">
        <PerPolicy experiment={data} />
        <RunTable runs={data.runs} />
        <Question spec={data.spec} />
      </div>
    </>
  );
}
