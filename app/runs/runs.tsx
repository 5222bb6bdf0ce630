'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { parseSearch } from '../../server/history/search/parse.ts';
import type { ListedRun } from '../../server/panel/wire.ts';
import { later } from '../ui/later.tsx';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { replaceAddress } from '../ui/replace-address.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Filter } from './filter.tsx';
import { withTag } from './search-text.ts';
import { useRunActions } from './use-run-actions.ts';
import { useRunList } from './use-run-list.ts';
import { useSelection } from './use-selection.ts';
import { useView } from './use-view.ts';
import { askedOf, isFiltered, queryOf } from './view.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Fetched while the board is asked for the runs. */
const Rows = dynamic(() => import('./rows.tsx').then((module) => module.Rows), { loading: RowsToCome });
const SelectionBar = later(() => import('./selection-bar.tsx').then((module) => module.SelectionBar));
/** Fetched when somebody writes a note. */
const MarksSheet = later(() => import('./marks-sheet.tsx').then((module) => module.MarksSheet));

const BLANK = { q: '', sort: 'id', order: 'desc', columns: null } as const;

/** Every run there ever was. */
export function Runs() {
  const w = useWords();
  const f = useFormat();
  const operates = useLive(mayOperate);
  const shown = useView();
  const view = shown.view ?? BLANK;
  const understood = parseSearch(view.q).ok;
  const asked = askedOf(view);
  const list = useRunList(shown.view && understood ? asked : null);
  const selection = useSelection(list.rows);
  const actions = useRunActions(selection.drop);
  const [marking, setMarking] = useState<ListedRun | null>(null);
  const known = list.rows !== null;
  return (
    <>
      <PageTitle
        title={w.runs.title}
        aside={
          known && (
            <span className="num text-sm text-quiet" data-testid="runs-total">
              {w.runs.found(list.total, f.number(list.total))}
            </span>
          )
        }
      >
        <ViewsMenu
          views={shown.views.data}
          shown={shown.named}
          query={queryOf(view)}
          onChanged={(saved) => {
            shown.views.reload();
            if (saved) replaceAddress(`/runs?v=${encodeURIComponent(saved.id)}`);
          }}
        />
        <span className="hidden lg:block">
          <ColumnsMenu columns={shown.columns} onChange={shown.setColumns} />
        </span>
        <ExportMenu asked={asked} total={known ? list.total : null} />
      </PageTitle>
      <Filter view={view} change={shown.change} />
      {list.error !== null && (
        <div className="mb-3">
          <Trouble error={list.error} again={list.reload} />
        </div>
      )}
      {shown.missing ? (
        <NothingHere sentence={w.runs.views.gone(shown.named)}>
          <Link href="/runs" className="btn">
            {w.runs.views.toAll}
          </Link>
        </NothingHere>
      ) : list.rows?.length === 0 ? (
        <Empty filtered={isFiltered(view)} />
      ) : (
        understood && (
          <Rows
            list={list}
            view={view}
            columns={shown.columns}
            onSort={(sort) =>
              shown.change({ sort, order: view.sort === sort && view.order === 'desc' ? 'asc' : 'desc' })
            }
            selection={selection}
            onTag={(tag) => shown.change({ q: withTag(view.q, tag) })}
            onMarks={operates ? setMarking : undefined}
          />
        )
      )}
      {selection.ids.length > 0 && <div aria-hidden="true" className="h-20" />}
      <SelectionBar selection={selection} rows={list.rows ?? []} actions={actions} />
      {marking && <MarksSheet run={marking} onClose={() => setMarking(null)} onSaved={() => setMarking(null)} />}
    </>
  );
}

/** As tall as what comes. */
function RowsToCome() {
  return <div aria-hidden="true" className="card h-[58.5rem] lg:h-[37rem]" />;
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const w = useWords();
  return (
    <NothingHere sentence={filtered ? w.runs.emptyFiltered : w.runs.empty}>
      {filtered ? (
        <Link href="/runs" className="btn">
          {w.runs.clear}
        </Link>
      ) : (
        <>
          <p className="basis-full text-sm text-quiet">{w.runs.emptyHint}</p>
          <Link href="/experiments/new?preset=poster" className="btn btn-primary">
            {w.board.poster}
          </Link>
        </>
      )}
    </NothingHere>
  );
}
