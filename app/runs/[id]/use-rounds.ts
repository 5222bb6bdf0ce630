import type { RaceRound, RunDetail } from '../../../server/panel/wire.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { useLiveSnapshot } from '../../ui/live/use-live-snapshot.ts';

/** The rehearsals of a run of `race`, in order, as they come. */
export function useRounds(run: RunDetail): readonly RaceRound[] {
  const { data, change } = useLiveSnapshot<readonly RaceRound[]>(run.policy === 'race' ? `/runs/${run.id}/race` : null);
  useEvent((event) => {
    if (event.type !== 'race' || event.run !== run.id) return;
    change((known) => (known.some(({ atMs }) => atMs === event.round.atMs) ? known : [...known, event.round]));
  });
  return data ?? NONE;
}

const NONE: readonly RaceRound[] = [];
