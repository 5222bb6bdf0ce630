'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { ExperimentView, Page } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { useEvent } from '../ui/live/use-event.ts';
import { useLiveSnapshot } from '../ui/live/use-live-snapshot.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { ExperimentLine } from './experiment-line.tsx';

/** Questions that were asked, newest first. */
export function Experiments() {
  const w = useWords();
  const list = useLiveSnapshot<Page<ExperimentView>>('/experiments?limit=30');
  const [error, setError] = useState<unknown>(null);
  const { data, change } = list;
  useEvent((event) => {
    if (event.type === 'experiment') change((page) => withExperiment(page, event.experiment));
  });
  const older = async () => {
    if (!data?.next) return;
    try {
      const page = await api.get<Page<ExperimentView>>(`/experiments?limit=30&cursor=${encodeURIComponent(data.next)}`);
      change(({ items }) => ({
        ...page,
        items: [...items, ...page.items.filter(({ id }) => items.every((other) => other.id !== id))],
      }));
    } catch (error) {
      setError(error);
    }
  };
  const trouble = list.error ?? error;
  return (
    <>
      <PageTitle title={w.experiments.title}>
        <Link href="/experiments/new" className="btn btn-primary">
          {w.nav.create}
        </Link>
      </PageTitle>
      {trouble !== null && <Trouble error={trouble} again={list.reload} />}
      {!data && !trouble && <div aria-hidden="true" className="card h-96" />}
      {data?.items.length === 0 && (
        <NothingHere sentence={w.experiments.empty}>
          <Link href="/experiments/new?preset=poster" className="btn btn-primary">
            {w.board.poster}
          </Link>
        </NothingHere>
      )}
      {data && data.items.length > 0 && (
        <ul className="card divide-y divide-line">
          {data.items.map((experiment) => (
            <ExperimentLine key={experiment.id} experiment={experiment} />
          ))}
        </ul>
      )}
      {data?.next && (
        <button type="button" className="btn mx-auto mt-4 flex" onClick={() => void older()}>
          {w.experiments.more}
        </button>
      )}
    </>
  );
}

function withExperiment(page: Page<ExperimentView>, experiment: ExperimentView): Page<ExperimentView> {
  const known = page.items.some((other) => other.id === experiment.id);
  const items = known
    ? page.items.map((other) => (other.id === experiment.id ? experiment : other))
    : [experiment, ...page.items];
  return { ...page, items, total: page.total + (known ? 0 : 1) };
}
