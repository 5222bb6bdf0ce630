import type { RaceRound, RunDetail } from '../../../server/panel/wire.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { useSnapshot } from '../../ui/use-snapshot.ts';
import { useAgainWhenBack } from './use-run.ts';

/** The rehearsals of a run of `race`, in order, as they come. */
export function useRounds(run: RunDetail): readonly RaceRound[] {
  const { data, change, reload } = useSnapshot<readonly RaceRound[]>(
    run.policy === 'race' ? `/runs/${run.id}/race` : null,
  );
  useEvent((event) => {
    if (event.type !== 'race' || event.run !== run.id) return;
    change((known) => (known.some(({ atMs }) => atMs === event.round.atMs) ? known : [...known, event.round]));
  });
  useAgainWhenBack(reload);
  return data ?? NONE;
}

const NONE: readonly RaceRound[] = [];
