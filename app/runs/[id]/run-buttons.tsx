import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { again } from '../../../server/application/again.ts';
import { isOver } from '../../../server/application/status.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { CopySpec } from '../../experiments/new/copy-spec.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useWords } from '../../ui/words/language.ts';
import { DeleteQuestion } from '../delete-question.tsx';
import { MENU_ITEM, Menu } from '../menu.tsx';
import { SaidBar } from '../said-bar.tsx';
import { useRunActions } from '../use-run-actions.ts';

/** The same again, at once or as a form to be changed; the command for it; out of sight, or gone. */
export function RunButtons({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const router = useRouter();
  const operates = useLive(mayOperate);
  const actions = useRunActions(() => {});
  const [deleting, setDeleting] = useState(false);
  const [same] = again([run]);
  return (
    <>
      {operates && (
        <>
          <button
            type="button"
            className="btn"
            title={w.runs.rerunHint}
            data-testid="run-rerun"
            onClick={() => void actions.rerun([run.id])}
          >
            {w.runs.rerun}
          </button>
          <Link href={`/experiments/new?from=${run.id}`} className="btn" title={w.runs.cloneHint}>
            {w.runs.clone}
          </Link>
        </>
      )}
      <CopySpec spec={same?.spec ?? null} />
      {operates && (
        <Menu name={w.runs.more} testId="run-more">
          <button
            type="button"
            data-closes
            className={MENU_ITEM}
            onClick={() => void actions.archive([run.id], !run.archived)}
          >
            {run.archived ? w.runs.fromArchive : w.runs.toArchive}
          </button>
          <button
            type="button"
            data-closes
            className={`${MENU_ITEM} btn-danger`}
            disabled={!isOver(run.status)}
            onClick={() => setDeleting(true)}
          >
            {w.runs.remove}
          </button>
        </Menu>
      )}
      <div className="pointer-events-none fixed inset-x-0 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 flex justify-center px-2 md:bottom-4 md:left-[13rem]">
        <SaidBar actions={actions} />
      </div>
      {deleting && (
        <DeleteQuestion
          count={1}
          onNo={() => setDeleting(false)}
          onYes={async () => {
            await actions.remove([run.id]);
            router.push('/runs');
          }}
        />
      )}
    </>
  );
}
