import Link from 'next/link';
import type { Tombstone } from '../../../server/panel/wire.ts';
import { Question } from '../../experiments/[id]/question.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Section } from '../../ui/section.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useSnapshot } from '../../ui/use-snapshot.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

/** What is left of a run that was deleted: who did it, what it was, and a way to ask the same again. */
export function Gone({ id }: { readonly id: number }) {
  const w = useWords();
  const f = useFormat();
  const { data, error, reload } = useSnapshot<Tombstone>(`/runs/${id}/tombstone`);
  const operates = useLive(mayOperate);
  const title = w.runs.tombstone.title(String(id));
  if (!data)
    return (
      <>
        <PageTitle title={title} />
        {error ? <Trouble error={error} again={reload} /> : <div aria-hidden="true" className="card h-64" />}
      </>
    );
  const was: readonly (readonly [name: string, value: string])[] = [
    [w.runs.columns.name, data.name],
    [w.runs.columns.policy, data.policy],
    [w.runs.columns.repeat, f.number(data.repeat)],
    [w.runs.columns.startedAt, f.date(data.startedAt)],
    [w.runs.columns.jobs, w.shell.progress(f.number(data.done), f.number(data.jobs))],
    [w.run.throughput, `${f.rate(data.throughput)} ${w.common.perSecond}`],
    [w.runs.columns.makespanMs, f.ms(data.makespanMs)],
    [w.runs.columns.p99Ms, f.ms(data.p99Ms)],
  ];
  return (
    <div data-testid="run-gone">
      <PageTitle
        title={title}
        aside={
          <>
            <StatusChip status={data.status} />
            <Simulated source={data.source} />
          </>
        }
      >
        <Link href={`/experiments/${data.experiment}`} prefetch={false} className="btn">
          {w.runs.tombstone.experiment}
        </Link>
        {operates && (
          <Link href={`/experiments/new?from=${id}`} className="btn btn-primary">
            {w.runs.tombstone.again}
          </Link>
        )}
      </PageTitle>
      <p className="mb-4 text-quiet">{w.runs.tombstone.by(data.deletedBy, f.date(data.deletedAt))}</p>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Section title={w.runs.tombstone.was}>
          <Pairs pairs={was} />
        </Section>
        <Question spec={data.spec} />
      </div>
    </div>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm">
      {pairs.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
