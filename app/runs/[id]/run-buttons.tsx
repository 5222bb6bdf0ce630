import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { again } from '../../../server/application/again.ts';
import { isOver } from '../../../server/application/status.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { useKeys } from '../../ui/keys/use-keys.ts';
import { later } from '../../ui/later.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { MENU_ITEM, Menu } from '../../ui/menu.tsx';
import { useWords } from '../../ui/words/language.ts';
import { SaidBar } from '../said-bar.tsx';
import { useRunActions } from '../use-run-actions.ts';

/** Fetched when somebody asks for it. */
const DeleteQuestion = later(() => import('../delete-question.tsx').then((module) => module.DeleteQuestion));
/** Of no use before the run is known, and fetched beside it. */
const CopySpec = dynamic(() => import('../../experiments/new/copy-spec.tsx').then((module) => module.CopySpec), {
  loading: () => <span className="btn invisible w-20" />,
});

/** The same again, at once or as a form to be changed; the command for it; out of sight, or gone. */
export function RunButtons({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const router = useRouter();
  const operates = useLive(mayOperate);
  const actions = useRunActions(() => {});
  const [deleting, setDeleting] = useState(false);
  const [same] = again([run]);
  const beside = run.siblings.filter((sibling) => sibling.throughput !== null).slice(0, 12);
  useKeys({
    r: operates ? () => void actions.rerun([run.id]) : undefined,
    c: beside.length > 1 ? () => router.push(`/compare?r=${beside.map(({ id }) => id)}`) : undefined,
  });
  return (
    <>
      {operates && (
        <>
          <button
            type="button"
            className="btn"
            title={`${w.runs.rerunHint} (R)`}
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
