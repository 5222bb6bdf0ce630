import { useEffect, useState } from 'react';
import { type Snapshot, useSnapshot } from '../use-snapshot.ts';
import { useLive } from './store.ts';

/** A snapshot that events keep up: what happened while the connection was away, or was not there yet, was not heard, so it is asked again. */
export function useLiveSnapshot<T>(path: string | null): Snapshot<T> {
  const snapshot = useSnapshot<T>(path);
  const { reload } = snapshot;
  const connection = useLive((live) => live.connection);
  const [away, setAway] = useState(connection !== 'live');
  useEffect(() => {
    if (connection === 'lost') setAway(true);
    if (connection === 'live' && away) {
      setAway(false);
      reload();
    }
  }, [connection, away, reload]);
  return snapshot;
}
