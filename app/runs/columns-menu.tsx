import { Menu } from '../ui/menu.tsx';
import { useWords } from '../ui/words/language.ts';
import { COLUMNS, type Column, FIXED, USUAL } from './columns.ts';

interface Props {
  readonly columns: readonly Column[];
  /** null: as usual. */
  onChange(columns: readonly Column[] | null): void;
}

export function ColumnsMenu({ columns, onChange }: Props) {
  const w = useWords();
  return (
    <Menu name={w.runs.chooseColumns} testId="runs-columns">
      <fieldset>
        <legend className="sr-only">{w.runs.chooseColumns}</legend>
        {COLUMNS.filter((column) => !FIXED.includes(column)).map((column) => (
          <label key={column} className="flex min-h-8 items-center gap-2.5 rounded-md px-2.5 hover:bg-sunken">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={columns.includes(column)}
              onChange={({ target }) =>
                onChange(COLUMNS.filter((other) => (other === column ? target.checked : columns.includes(other))))
              }
            />
            {w.runs.columns[column]}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        data-closes
        className="btn mt-1.5 w-full"
        disabled={columns.join() === USUAL.join()}
        onClick={() => onChange(null)}
      >
        {w.runs.usualColumns}
      </button>
    </Menu>
  );
}
