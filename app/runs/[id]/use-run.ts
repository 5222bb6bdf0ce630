import { useCallback, useEffect, useState } from 'react';
import { isOver } from '../../../server/application/status.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { type Snapshot, useSnapshot } from '../../ui/use-snapshot.ts';

/** A run as it is known now: a snapshot, what was said since, and the snapshot again when it is over. */
export function useRun(id: number): Snapshot<RunDetail> {
  const snapshot = useSnapshot<RunDetail>(`/runs/${id}`);
  const { data, reload, replace } = snapshot;
  useEvent((event) => {
    if (!data) return;
    if (event.type === 'run' && event.run.experiment === data.experiment) {
      const siblings = data.siblings.map((run) => (run.id === event.run.id ? event.run : run));
      const own = event.run.id === id;
      replace({ ...data, ...(own ? event.run : {}), siblings });
      if (own && (isOver(event.run.status) || !isOver(data.status))) reload();
    }
    if (event.type === 'note' && event.run === id) replace({ ...data, notes: [...data.notes, event.note] });
  });
  useAgainWhenBack(reload);
  return snapshot;
}

/** What happened while the connection was away was not heard. */
export function useAgainWhenBack(reload: () => void): void {
  const connection = useLive((live) => live.connection);
  const [away, setAway] = useState(false);
  const again = useCallback(reload, [reload]);
  useEffect(() => {
    if (connection === 'lost') setAway(true);
    if (connection === 'live' && away) {
      setAway(false);
      again();
    }
  }, [connection, away, again]);
}
