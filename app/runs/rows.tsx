import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListedRun, RunSort } from '../../server/panel/wire.ts';
import { useWords } from '../ui/words/language.ts';
import { type Column, gridOf } from './columns.ts';
import { HeadRow } from './head-row.tsx';
import { RunRow } from './run-row.tsx';
import type { RunList } from './use-run-list.ts';
import type { Selection } from './use-selection.ts';
import type { RunsView } from './view.ts';

interface Props {
  readonly list: RunList;
  readonly view: RunsView;
  readonly columns: readonly Column[];
  onSort(sort: RunSort): void;
  readonly selection: Selection;
  onTag(tag: string): void;
  readonly onMarks?: ((run: ListedRun) => void) | undefined;
}

const NARROW = '(max-width: 1023px)';
const ROW = { wide: 46, narrow: 78 };
/** Rows from the end at which the next page is fetched. */
const AHEAD = 20;

/** Only the rows that are in sight are in the page, however many there are. */
export function Rows({ list, view, columns, onSort, selection, onTag, onMarks }: Props) {
  const w = useWords();
  const box = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const [top, setTop] = useState(0);
  const { template, least } = gridOf(columns);
  // What stands above may become taller; the rows are placed from where they really begin.
  useLayoutEffect(() => {
    const now = Math.round((box.current?.getBoundingClientRect().top ?? 0) + scrollY);
    if (now !== top) setTop(now);
  });
  const count = list.rows?.length ?? 0;
  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => (narrow ? ROW.narrow : ROW.wide),
    overscan: 10,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width, other heights
  useEffect(() => rows.measure(), [narrow]);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { more, loadMore, error } = list;
  useEffect(() => {
    if (more && error === null && last >= count - AHEAD) loadMore();
  }, [more, loadMore, last, count, error]);
  return (
    <div className="card overflow-x-auto">
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table cannot do */}
      <div
        role="table"
        aria-label={w.runs.title}
        aria-rowcount={list.total + 1}
        aria-busy={!list.rows}
        style={narrow ? {} : { minWidth: least }}
      >
        {!narrow && (
          <HeadRow
            {...{ view, columns, template, onSort }}
            all={count > 0 && (list.rows ?? []).every((run) => selection.has(run.id))}
            onAll={(on) => (on ? selection.add((list.rows ?? []).map((run) => run.id)) : selection.clear())}
          />
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div
          ref={box}
          role="rowgroup"
          className="relative"
          style={{ height: list.rows ? rows.getTotalSize() : 12 * (narrow ? ROW.narrow : ROW.wide) }}
        >
          {!list.rows && <Skeletons height={narrow ? ROW.narrow : ROW.wide} />}
          {shown.map(({ index, start, size }) => {
            const run = list.rows?.[index];
            if (!run) return null;
            return (
              <RunRow
                key={run.id}
                {...{ run, index, columns, template, narrow, onTag }}
                onMarks={onMarks && (() => onMarks(run))}
                chosen={selection.has(run.id)}
                onChoose={(on, range) => selection.choose(index, on, range)}
                style={{ transform: `translateY(${start - top}px)`, height: size }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Skeletons({ height }: { readonly height: number }) {
  return Array.from({ length: 12 }, (_, i) => `waiting ${i}`).map((key) => (
    <div key={key} aria-hidden="true" className="flex items-center border-b border-line px-4" style={{ height }}>
      <div className="skeleton h-4 w-full" />
    </div>
  ));
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => typeof matchMedia === 'function' && matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const tell = () => setNarrow(query.matches);
    tell();
    query.addEventListener('change', tell);
    return () => query.removeEventListener('change', tell);
  }, []);
  return narrow;
}
