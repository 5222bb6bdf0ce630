import type { RunSort } from '../../server/panel/wire.ts';
import { useWords } from '../ui/words/language.ts';
import { type Column, isRight, sortOf } from './columns.ts';
import type { RunsView } from './view.ts';

interface Props {
  readonly view: RunsView;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly all: boolean;
  onAll(on: boolean): void;
  onSort(sort: RunSort): void;
}

/** Names of the columns; those that the board can sort by are buttons. */
export function HeadRow({ view, columns, template, all, onAll, onSort }: Props) {
  const w = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons are
    <div
      role="row"
      className="grid items-center gap-x-3 border-b border-line px-4 text-xs font-medium text-quiet"
      style={{ gridTemplateColumns: template }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="columnheader">
        <label className="-ml-2 grid size-10 w-11 place-items-center">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            aria-label={w.runs.selectAll}
            checked={all}
            onChange={(event) => onAll(event.target.checked)}
          />
        </label>
      </span>
      {columns.map((column) => {
        const sort = sortOf(column);
        const sorted = sort !== null && view.sort === sort;
        const name = w.runs.columns[column];
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span
            key={column}
            role="columnheader"
            aria-sort={sorted ? (view.order === 'asc' ? 'ascending' : 'descending') : 'none'}
            className={`truncate ${isRight(column) ? 'text-right' : ''}`}
          >
            {sort === null ? (
              name
            ) : (
              <button
                type="button"
                className={`min-h-10 hover:text-text ${sorted ? 'text-text' : ''}`}
                aria-label={w.runs.sortBy(name)}
                onClick={() => onSort(sort)}
              >
                {name} <span aria-hidden="true">{sorted ? (view.order === 'asc' ? '↑' : '↓') : ''}</span>
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}
