import { useCallback, useEffect, useState } from 'react';
import { isOver } from '../../../server/application/status.ts';
import type { RunDetail, RunView } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { type Snapshot, useSnapshot } from '../../ui/use-snapshot.ts';

/** A run as it is known now: a snapshot, what was said since, and the snapshot again when it is over. */
export function useRun(id: number): Snapshot<RunDetail> {
  const snapshot = useSnapshot<RunDetail>(`/runs/${id}`);
  const { data, reload, change } = snapshot;
  useEvent((event) => {
    if (event.type === 'run') {
      const { run } = event;
      change((known) => (known.experiment === run.experiment ? withRun(known, run) : known));
      if (run.id === id && (!data || isOver(run.status) || !isOver(data.status))) reload();
    }
    if (event.type === 'runs' && event.runs.includes(id)) reload();
    if (event.type === 'note' && event.run === id)
      change((known) => ({ ...known, notes: [...known.notes, event.note] }));
  });
  useAgainWhenBack(reload);
  return snapshot;
}

function withRun(known: RunDetail, run: RunView): RunDetail {
  const siblings = known.siblings.map((other) => (other.id === run.id ? run : other));
  return { ...known, ...(run.id === known.id ? run : {}), siblings };
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
