import { useMemo } from 'react';
import { isGuest, useLive } from '../../ui/live/store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { type Busy, busyNow } from './board-free.ts';

interface Props {
  readonly ready: boolean;
  readonly busy: boolean;
  readonly mayLaunch: boolean;
  readonly error: unknown;
  launch(): void;
}

/** The button that spends the board's time; where somebody else has the board, who and for how long. */
export function LaunchBar({ ready, busy, mayLaunch, error, launch }: Props) {
  const w = useWords();
  const guest = useLive(isGuest);
  const taken = useBusy();
  return (
    <div className="z-10 max-xl:fixed max-xl:inset-x-0 max-xl:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-xl:border-t max-xl:border-line max-xl:bg-surface max-xl:px-4 max-xl:py-2.5 md:max-xl:bottom-0 md:max-xl:left-52">
      {error !== null && error !== undefined && <Trouble error={error} />}
      {!mayLaunch && <p className="mb-2 text-sm text-quiet">{guest ? w.create.guestOnly : w.create.viewerOnly}</p>}
      {mayLaunch && taken && <Taken taken={taken} />}
      <button
        type="button"
        data-testid="new-launch"
        className="btn btn-primary min-h-12 w-full text-base"
        disabled={!ready || busy || !mayLaunch}
        onClick={launch}
      >
        {busy ? w.create.launching : taken ? w.create.queueAfter : w.create.launch}
        <kbd className="hidden font-sans text-xs font-medium opacity-80 sm:inline">Ctrl ⏎</kbd>
      </button>
    </div>
  );
}

function Taken({ taken: { experiment, leftMs, waiting } }: { readonly taken: Busy }) {
  const w = useWords();
  const f = useFormat();
  const name = experiment.name || w.run.experiment(String(experiment.id));
  return (
    <p className="num mb-2 text-sm text-quiet" data-testid="board-busy">
      {w.create.busy(name, experiment.createdBy)} {leftMs !== null && w.create.busyLeft(f.clock(leftMs))}{' '}
      {w.create.busyWaiting(waiting, f.number(waiting))}
    </p>
  );
}

function useBusy(): Busy | null {
  const state = useLive((live) => live.state);
  const experiments = useLive(({ board }) => board?.experiments);
  return useMemo(() => busyNow(state, experiments ?? []), [state, experiments]);
}
