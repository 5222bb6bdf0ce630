import { MENU_ITEM, Menu } from '../ui/menu.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** What fits, as files. */
export function ExportMenu({ asked, total }: { readonly asked: string; readonly total: number | null }) {
  const w = useWords();
  const f = useFormat();
  return (
    <Menu name={w.runs.exportAs}>
      <a data-closes className={MENU_ITEM} href={`/api/v1/runs.csv?${asked}`} download="runs.csv">
        {w.runs.csv}
      </a>
      <a data-closes className={MENU_ITEM} href={`/api/v1/runs.json?${asked}`} download="runs.json">
        {w.runs.json}
      </a>
      {total !== null && <p className="px-2.5 pt-1 pb-1 text-xs text-quiet">{w.runs.exportNote(f.number(total))}</p>}
    </Menu>
  );
}
