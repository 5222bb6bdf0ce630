import type { CSSProperties, MouseEvent } from 'react';
import type { ListedRun } from '../../server/panel/wire.ts';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { ThrottledRun } from '../ui/throttled.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { type Column, isRight } from './columns.ts';
import { RunCell, RunLink } from './run-cell.tsx';
import { TagChips } from './tag-chips.tsx';

interface Props {
  readonly run: ListedRun;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly narrow: boolean;
  readonly chosen: boolean;
  /** `range`: with all between it and the last that was chosen. */
  onChoose(on: boolean, range: boolean): void;
  onTag(tag: string): void;
  readonly onMarks?: (() => void) | undefined;
  readonly style: CSSProperties;
}

export function RunRow({ run, index, columns, template, narrow, chosen, onChoose, onTag, onMarks, style }: Props) {
  const w = useWords();
  const pick = (
    <label className="-ml-2 grid size-11 place-items-center">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        aria-label={w.runs.selectRun(String(run.id))}
        checked={chosen}
        onChange={() => {}}
        onClick={(event: MouseEvent<HTMLInputElement>) => onChoose(event.currentTarget.checked, event.shiftKey)}
      />
    </label>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: placed by hand, which a table's row cannot be
    // biome-ignore lint/a11y/useFocusableInteractive: its link and its box are
    <div
      role="row"
      aria-rowindex={index + 2}
      data-testid="runs-row"
      data-run={run.id}
      className={`num absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-sunken ${chosen ? 'bg-accent-soft' : ''} ${run.archived ? 'opacity-75' : ''}`}
      style={style}
    >
      {narrow ? (
        <NarrowRow run={run} pick={pick} onTag={onTag} onMarks={onMarks} />
      ) : (
        <div
          role="presentation"
          className="grid h-full items-center gap-x-3 px-4"
          style={{ gridTemplateColumns: template }}
        >
          <Cell>{pick}</Cell>
          {columns.map((column) => (
            <Cell key={column} className={isRight(column) ? 'truncate text-right' : 'min-w-0 truncate'}>
              <RunCell run={run} column={column} onTag={onTag} onMarks={onMarks} />
            </Cell>
          ))}
        </div>
      )}
    </div>
  );
}

interface NarrowProps extends Pick<Props, 'run' | 'onTag' | 'onMarks'> {
  readonly pick: React.ReactNode;
}

function NarrowRow({ run, pick, onTag, onMarks }: NarrowProps) {
  const w = useWords();
  const f = useFormat();
  return (
    <div role="presentation" className="flex h-full items-center gap-2 px-4">
      <Cell>{pick}</Cell>
      <Cell className="grid min-w-0 flex-1 gap-1">
        <span className="flex min-w-0 items-center gap-2">
          <span className="text-quiet">#{run.id}</span>
          <RunLink run={run} />
          <span className="font-medium">{run.policy}</span>
          <span className="ml-auto whitespace-nowrap">
            <b>{f.rate(run.throughput)}</b> <span className="text-xs text-quiet">{w.common.perSecond}</span>
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-2">
          <StatusChip status={run.status} />
          <Simulated source={run.source} />
          <ThrottledRun run={run} />
          <span className="ml-auto min-w-0">
            <TagChips run={run} onTag={onTag} onMarks={onMarks} />
          </span>
        </span>
      </Cell>
    </div>
  );
}

function Cell({ className = '', children }: { readonly className?: string; readonly children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as its row
    <div role="cell" className={className}>
      {children}
    </div>
  );
}
