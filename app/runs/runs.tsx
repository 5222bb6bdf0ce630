'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { Filter } from './filter.tsx';
import { Rows } from './rows.tsx';
import { useRunList } from './use-run-list.ts';
import { isFiltered, queryOf, type RunsView, viewOf } from './view.ts';

/** Every run there ever was. */
export function Runs() {
  const w = useWords();
  const f = useFormat();
  const router = useRouter();
  const view = viewOf(useSearchParams());
  const query = queryOf(view);
  const list = useRunList(query);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const change = (part: Partial<RunsView>) => {
    const next = queryOf({ ...view, ...part });
    router.replace(next ? `/runs?${next}` : '/runs', { scroll: false });
  };
  return (
    <>
      <PageTitle
        title={w.runs.title}
        aside={
          list.rows && <span className="num text-sm text-quiet">{w.runs.found(list.total, f.number(list.total))}</span>
        }
      >
        {chosen.length > 1 && (
          <Link href={`/compare?r=${chosen}`} prefetch={false} className="btn btn-primary" data-testid="runs-compare">
            {w.runs.compare(f.number(chosen.length))}
          </Link>
        )}
        <a className="btn" href={`/api/v1/runs.csv?${query}`} download="runs.csv">
          {w.runs.csv}
        </a>
      </PageTitle>
      <Filter view={view} change={change} />
      {list.error !== null && <Trouble error={list.error} again={list.reload} />}
      {list.rows?.length === 0 ? (
        <NothingHere sentence={isFiltered(view) ? w.runs.emptyFiltered : w.runs.empty}>
          {isFiltered(view) ? (
            <button type="button" className="btn" onClick={() => router.replace('/runs')}>
              {w.runs.clear}
            </button>
          ) : (
            <>
              <p className="basis-full text-sm text-quiet">{w.runs.emptyHint}</p>
              <Link href="/experiments/new?preset=poster" className="btn btn-primary">
                {w.board.poster}
              </Link>
            </>
          )}
        </NothingHere>
      ) : (
        <Rows
          list={list}
          view={view}
          onSort={(sort) => change({ sort, order: view.sort === sort && view.order === 'desc' ? 'asc' : 'desc' })}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
    </>
  );
}
