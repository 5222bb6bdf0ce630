import { useEffect, useReducer } from 'react';
import { useWords } from '../words/language.ts';
import type { View } from './view.ts';

interface Props {
  readonly view: View;
  readonly live: boolean;
  readonly selecting: boolean;
  onSelecting(on: boolean): void;
  readonly asTable: boolean;
  onTable(on: boolean): void;
}

export function Toolbar({ view, live, selecting, onSelecting, asTable, onTable }: Props) {
  const w = useWords();
  const mode = useMode(view);
  const small = 'btn min-w-9 px-2.5 text-[0.8125rem]';
  return (
    <div className="no-print mb-3 flex flex-wrap items-center gap-1.5">
      {!asTable && (
        <>
          <button type="button" className={small} aria-pressed={mode === 'fit'} onClick={() => view.fit()}>
            {w.gantt.fit}
          </button>
          {live && (
            <button type="button" className={small} aria-pressed={mode === 'follow'} onClick={() => view.follow()}>
              {w.gantt.follow}
            </button>
          )}
          <button type="button" className={small} aria-label={w.gantt.zoomOut} onClick={() => view.zoom(1.6)}>
            −
          </button>
          <button type="button" className={small} aria-label={w.gantt.zoomIn} onClick={() => view.zoom(0.625)}>
            +
          </button>
          <button type="button" className={small} aria-pressed={selecting} onClick={() => onSelecting(!selecting)}>
            {w.gantt.select}
          </button>
        </>
      )}
      <button type="button" className={`${small} ml-auto`} onClick={() => onTable(!asTable)}>
        {asTable ? w.gantt.chart : w.gantt.table}
      </button>
    </div>
  );
}

function useMode(view: View): View['mode'] {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let shown = view.mode;
    return view.hear(() => {
      if (view.mode === shown) return;
      shown = view.mode;
      again();
    });
  }, [view]);
  return view.mode;
}
