import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RunSort } from '../../server/panel/wire.ts';
import { useWords } from '../ui/words/language.ts';
import { COLUMNS, GRID, RunRow } from './run-row.tsx';
import type { RunList } from './use-run-list.ts';
import type { RunsView } from './view.ts';

interface Props {
  readonly list: RunList;
  readonly view: RunsView;
  onSort(sort: RunSort): void;
  readonly chosen: readonly number[];
  onChoose(chosen: readonly number[]): void;
}

const NARROW = '(max-width: 1023px)';
const ROW = { wide: 46, narrow: 78 };
/** Rows from the end at which the next page is fetched. */
const AHEAD = 20;

/** Only the rows that are in sight are in the page, however many there are. */
export function Rows({ list, view, onSort, chosen, onChoose }: Props) {
  const w = useWords();
  const box = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(box.current?.offsetTop ?? 0), []);
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
  const { more, loadMore } = list;
  useEffect(() => {
    if (more && last >= count - AHEAD) loadMore();
  }, [more, loadMore, last, count]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table cannot do
    <div
      role="table"
      aria-label={w.runs.title}
      aria-rowcount={list.total + 1}
      className="card overflow-hidden"
      aria-busy={!list.rows}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are */}
      <div role="row" className={`${GRID} hidden border-b border-line text-xs font-medium text-quiet lg:grid`}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
        <span role="columnheader">
          <span className="sr-only">{w.common.select}</span>
        </span>
        {COLUMNS.map(({ key, right }) => {
          const sorted = view.sort === key;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <span
              key={key}
              role="columnheader"
              aria-sort={sorted ? (view.order === 'asc' ? 'ascending' : 'descending') : 'none'}
              className={right ? 'text-right' : ''}
            >
              {key === 'name' ? (
                w.runs.columns[key]
              ) : (
                <button
                  type="button"
                  className={`min-h-10 hover:text-text ${sorted ? 'text-text' : ''}`}
                  aria-label={w.runs.sortBy(w.runs.columns[key])}
                  onClick={() => onSort(key)}
                >
                  {w.runs.columns[key]}{' '}
                  <span aria-hidden="true">{sorted ? (view.order === 'asc' ? '↑' : '↓') : ''}</span>
                </button>
              )}
            </span>
          );
        })}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div
        ref={box}
        role="rowgroup"
        className="relative"
        style={{ height: list.rows ? rows.getTotalSize() : 20 * ROW.wide }}
      >
        {!list.rows && <Skeletons />}
        {shown.map(({ index, start, size }) => {
          const run = list.rows?.[index];
          if (!run) return null;
          return (
            <RunRow
              key={run.id}
              run={run}
              index={index}
              chosen={chosen.includes(run.id)}
              onChoose={(on) => onChoose(on ? [...chosen, run.id] : chosen.filter((id) => id !== run.id))}
              style={{ transform: `translateY(${start - top}px)`, height: size }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Skeletons() {
  return Array.from({ length: 12 }, (_, i) => `waiting ${i}`).map((key) => (
    <div
      key={key}
      aria-hidden="true"
      className="flex items-center border-b border-line px-4"
      style={{ height: ROW.wide }}
    >
      <div className="skeleton h-4 w-full" />
    </div>
  ));
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const tell = () => setNarrow(query.matches);
    tell();
    query.addEventListener('change', tell);
    return () => query.removeEventListener('change', tell);
  }, []);
  return narrow;
}
