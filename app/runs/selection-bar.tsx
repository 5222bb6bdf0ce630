import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ListedRun } from '../../server/panel/wire.ts';
import { useKeys } from '../ui/keys/use-keys.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { MENU_ITEM, Menu } from '../ui/menu.tsx';
import { CloseIcon } from '../ui/shell/icons.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { DeleteQuestion } from './delete-question.tsx';
import { SaidBar } from './said-bar.tsx';
import { TagSheet } from './tag-sheet.tsx';
import type { RunActions } from './use-run-actions.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  readonly selection: Selection;
  readonly rows: readonly ListedRun[];
  readonly actions: RunActions;
}

/** What can be done with the runs that are chosen. It floats above the list, which does not move. */
export function SelectionBar({ selection, rows, actions }: Props) {
  const w = useWords();
  const f = useFormat();
  const router = useRouter();
  const operates = useLive(mayOperate);
  const [asking, setAsking] = useState<'tag' | 'delete' | null>(null);
  const { ids } = selection;
  const known = rows.filter((run) => selection.has(run.id));
  const clone = cloneAddress(ids, known);
  const compare = ids.length > 1 ? `/compare?r=${ids.slice(0, 12)}` : null;
  useKeys({
    c: compare ? () => router.push(compare) : undefined,
    r: operates && ids.length > 0 ? () => void actions.rerun(ids) : undefined,
    Escape: ids.length > 0 ? selection.clear : undefined,
  });
  const archived = known.length > 0 && known.every((run) => run.archived);
  const rest = (look: string) => (
    <>
      {clone ? (
        <Link href={clone} prefetch={false} className={look} title={w.runs.cloneHint}>
          {w.runs.clone}
        </Link>
      ) : (
        <button type="button" className={look} disabled title={w.runs.cloneOne}>
          {w.runs.clone}
        </button>
      )}
      <button type="button" data-closes className={look} onClick={() => setAsking('tag')}>
        {w.runs.tag}
      </button>
      <button type="button" data-closes className={look} onClick={() => void actions.archive(ids, !archived)}>
        {archived ? w.runs.fromArchive : w.runs.toArchive}
      </button>
      <button type="button" data-closes className={`${look} btn-danger`} onClick={() => setAsking('delete')}>
        {w.runs.remove}
      </button>
    </>
  );
  return (
    <>
      <div className="pointer-events-none fixed inset-x-0 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 flex flex-col items-center gap-2 px-2 md:bottom-4 md:left-[13rem]">
        <SaidBar actions={actions} />
        {ids.length > 0 && (
          <div
            role="toolbar"
            aria-label={w.runs.chosen(ids.length, f.number(ids.length))}
            data-testid="runs-selection"
            className="card pointer-events-auto flex max-w-full items-center gap-1.5 overflow-x-auto p-1.5 shadow-lg"
          >
            <span className="num px-2 text-sm font-medium whitespace-nowrap">
              {w.runs.chosen(ids.length, f.number(ids.length))}
            </span>
            {compare && (
              <Link href={compare} prefetch={false} className="btn btn-primary" data-testid="runs-compare" title="C">
                {w.runs.compare(f.number(Math.min(ids.length, 12)))}
              </Link>
            )}
            {operates && (
              <>
                <button
                  type="button"
                  className="btn"
                  title={`${w.runs.rerunHint} (R)`}
                  onClick={() => void actions.rerun(ids)}
                >
                  {w.runs.rerun}
                </button>
                <span className="flex gap-1.5 max-sm:hidden">{rest('btn')}</span>
                <span className="sm:hidden">
                  <Menu up name={w.runs.more}>
                    {rest(MENU_ITEM)}
                  </Menu>
                </span>
              </>
            )}
            <button type="button" className="btn btn-quiet px-2" aria-label={w.runs.unselect} onClick={selection.clear}>
              <CloseIcon />
            </button>
          </div>
        )}
      </div>
      {asking === 'tag' && (
        <TagSheet
          runs={known}
          onClose={() => setAsking(null)}
          onApply={(add, remove) => {
            setAsking(null);
            void actions.tag(ids, add, remove);
          }}
        />
      )}
      {asking === 'delete' && (
        <DeleteQuestion
          count={ids.length}
          onNo={() => setAsking(null)}
          onYes={async () => {
            await actions.remove(ids);
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

/** A form filled in with what they were asked; null where they are of several experiments. */
function cloneAddress(ids: readonly number[], known: readonly ListedRun[]): string | null {
  const [first] = known;
  if (!first || known.length < ids.length || known.some((run) => run.experiment !== first.experiment)) return null;
  return `/experiments/new?from=${first.id}&policies=${[...new Set(known.map((run) => run.policy))]}`;
}
