import Link from 'next/link';
import type { CSSProperties } from 'react';
import type { RunSort, RunView } from '../../server/panel/wire.ts';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

export const GRID =
  'grid-cols-[2.75rem_3.5rem_minmax(8rem,1fr)_5.5rem_7.5rem_5rem_5.5rem_5rem_5rem_4rem_8.5rem] items-center gap-x-3 px-4';

/** Name cannot be sorted by: the board keeps no order of names. */
export const COLUMNS: readonly { readonly key: RunSort | 'name'; readonly right?: true }[] = [
  { key: 'id' },
  { key: 'name' },
  { key: 'policy' },
  { key: 'status' },
  { key: 'throughput', right: true },
  { key: 'makespanMs', right: true },
  { key: 'p50Ms', right: true },
  { key: 'p99Ms', right: true },
  { key: 'utilisation', right: true },
  { key: 'startedAt', right: true },
] as const satisfies readonly { key: RunSort | 'name'; right?: true }[];

interface Props {
  readonly run: RunView;
  readonly index: number;
  readonly chosen: boolean;
  onChoose(on: boolean): void;
  readonly style: CSSProperties;
}

export function RunRow({ run, index, chosen, onChoose, style }: Props) {
  const w = useWords();
  const f = useFormat();
  const pick = (
    <label className="-ml-2 grid size-11 place-items-center">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        aria-label={w.runs.selectRun(String(run.id))}
        checked={chosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
    </label>
  );
  const name = (
    <Link href={`/runs/${run.id}`} prefetch={false} className="truncate font-medium hover:underline">
      {run.name || w.run.title(String(run.id))}
    </Link>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: placed by hand, which a table's row cannot be
    // biome-ignore lint/a11y/useFocusableInteractive: its link and its box are
    <div
      role="row"
      aria-rowindex={index + 2}
      data-testid="runs-row"
      data-run={run.id}
      className={`num absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-sunken ${chosen ? 'bg-accent-soft' : ''}`}
      style={style}
    >
      <div role="presentation" className={`${GRID} hidden h-full lg:grid`}>
        <Cell>{pick}</Cell>
        <Cell className="text-quiet">{run.id}</Cell>
        <Cell className="flex min-w-0 items-center gap-2">
          {name}
          <Simulated source={run.source} />
        </Cell>
        <Cell className="font-medium">{run.policy}</Cell>
        <Cell>
          <StatusChip status={run.status} />
        </Cell>
        <Cell className="text-right font-semibold">{f.rate(run.throughput)}</Cell>
        <Cell className="text-right">{f.ms(run.makespanMs)}</Cell>
        <Cell className="text-right">{f.ms(run.p50Ms)}</Cell>
        <Cell className="text-right">{f.ms(run.p99Ms)}</Cell>
        <Cell className="text-right">{f.share(run.utilisation)}</Cell>
        <Cell className="truncate text-right text-quiet">{f.since(run.startedAt, Date.now())}</Cell>
      </div>
      <div role="presentation" className="flex h-full items-center gap-2 px-4 lg:hidden">
        <Cell>{pick}</Cell>
        <Cell className="grid min-w-0 flex-1 gap-1">
          <span className="flex min-w-0 items-center gap-2">
            <span className="text-quiet">#{run.id}</span>
            {name}
            <span className="font-medium">{run.policy}</span>
          </span>
          <span className="flex items-center gap-2">
            <StatusChip status={run.status} />
            <Simulated source={run.source} />
            <span className="ml-auto whitespace-nowrap">
              <b>{f.rate(run.throughput)}</b> <span className="text-xs text-quiet">{w.common.perSecond}</span>
            </span>
          </span>
        </Cell>
      </div>
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
