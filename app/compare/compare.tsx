'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useLive } from '../ui/live/store.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { replaceAddress } from '../ui/replace-address.ts';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { Bars } from './bars.tsx';
import { Differences } from './differences.tsx';
import { FigureTable } from './figure-table.tsx';
import { useRuns } from './use-runs.ts';

/** Fetched after the figures, which stand before it. */
const Schedules = dynamic(() => import('./schedules.tsx').then((module) => module.Schedules), {
  loading: SchedulesToCome,
});

const MOST = 12;

/** Runs beside each other: their figures against a baseline, their schedules on one time axis, and what was not the same. */
export function Compare() {
  const w = useWords();
  const params = useSearchParams();
  const ids = idsOf(params.get('r'));
  const found = useRuns(ids);
  const asked = Number(params.get('base'));
  const base = found?.runs.find((run) => run.id === asked) ?? found?.runs[0];
  const go = (runs: readonly number[], base: number | undefined) =>
    replaceAddress(`/compare?r=${runs}${base === undefined ? '' : `&base=${base}`}`);
  const source = found?.runs.find((run) => run.source !== 'hardware')?.source ?? 'hardware';
  return (
    <>
      <PageTitle title={w.compare.title} aside={found && <Simulated source={source} />}>
        <Link href="/runs" className="btn">
          {w.compare.pick}
        </Link>
      </PageTitle>
      {found?.error !== null && found && <Trouble error={found.error} />}
      {found && found.missing.length > 0 && (
        <p className="mb-4 rounded-lg bg-warn-soft px-4 py-2 text-sm text-warn">
          {w.compare.missing(found.missing.join(', '))}
        </p>
      )}
      {ids.length < 2 ? (
        <Suggestions />
      ) : (
        found &&
        base && (
          <div className="grid gap-5">
            <Differences runs={found.runs} />
            <FigureTable
              runs={found.runs}
              base={base}
              onBase={(id) => go(ids, id)}
              onLeaveOut={(id) =>
                go(
                  ids.filter((other) => other !== id),
                  id === base.id ? undefined : base.id,
                )
              }
            />
            <Bars runs={found.runs} />
            <Schedules runs={found.runs} />
          </div>
        )
      )}
      {ids.length >= 2 && !found && <div aria-hidden="true" className="card h-96" />}
    </>
  );
}

function SchedulesToCome() {
  return <div aria-hidden="true" className="card h-[60rem]" />;
}

/** What could be compared: the runs of recent experiments. */
function Suggestions() {
  const w = useWords();
  const recent = useLive(({ board }) => board?.recent);
  const done = recent?.filter((run) => run.throughput !== null) ?? [];
  const groups = [...new Set(done.map((run) => run.experiment))]
    .map((id) => done.filter((run) => run.experiment === id))
    .filter((runs) => runs.length > 1);
  if (groups.length === 0) return <NothingHere sentence={w.compare.needTwo} />;
  return (
    <Section title={w.compare.needTwo} hint={w.compare.suggestions}>
      <ul className="grid gap-2">
        {groups.map((runs) => (
          <li key={runs[0]?.experiment}>
            <Link href={`/compare?r=${runs.map((run) => run.id).reverse()}`} className="btn justify-start">
              {runs[0]?.name || w.experiments.title1(String(runs[0]?.experiment))}
              <span className="text-quiet">
                {runs
                  .map((run) => run.policy)
                  .reverse()
                  .join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const idsOf = (text: string | null): number[] =>
  [
    ...new Set(
      (text ?? '')
        .split(',')
        .filter((part) => /^\d{1,15}$/.test(part))
        .map(Number),
    ),
  ].slice(0, MOST);
