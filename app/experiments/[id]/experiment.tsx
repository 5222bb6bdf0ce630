'use client';

import Link from 'next/link';
import { isOver } from '../../../server/application/status.ts';
import type { ExperimentView } from '../../../server/panel/wire.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { StopButton } from '../../ui/stop-button.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { usePathId } from '../../ui/use-path-id.ts';
import { useSnapshot } from '../../ui/use-snapshot.ts';
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
    <NothingHere sentence={w.experiments.notFound('_')} />
  ) : (
    <KnownExperiment key={id} id={id} />
  );
}

function KnownExperiment({ id }: { readonly id: number }) {
  const w = useWords();
  const f = useFormat();
  const { data, error, reload, change } = useSnapshot<ExperimentView>(`/experiments/${id}`);
  const operates = useLive(mayOperate);
  useEvent((event) => {
    if (event.type === 'experiment' && event.experiment.id === id) change(() => event.experiment);
    if (event.type === 'run' && event.run.experiment === id)
      change((known) => ({ ...known, runs: known.runs.map((run) => (run.id === event.run.id ? event.run : run)) }));
  });
  if (error?.status === 404) return <NothingHere sentence={w.experiments.notFound(String(id))} />;
  if (!data) return error ? <Trouble error={error} again={reload} /> : <div aria-hidden="true" className="card h-96" />;
  const over = data.runs.filter((run) => isOver(run.status));
  const last = data.runs.at(-1);
  const measured = data.runs.filter((run) => run.throughput !== null);
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
        {measured.length > 1 && (
          <Link href={`/compare?r=${measured.slice(0, 12).map((run) => run.id)}`} className="btn btn-primary">
            {w.experiments.compareRuns}
          </Link>
        )}
        {last && operates && (
          <Link href={`/experiments/new?from=${last.id}`} className="btn">
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
