import { useEffect } from 'react';
import type { SetupState } from '../../../server/panel/wire.ts';
import { api } from '../api.ts';
import { askWhoIAm, connect, fetchLibrary, refresh } from '../live/socket.ts';
import { useLive } from '../live/store.ts';

/** Once per page load: who am I, what is there; then live begins. Whoever may not be here is shown the door by the API. */
export function useArrival(): void {
  useEffect(() => {
    let gone = false;
    void fetchLibrary().catch(() => {}); // asked for again when it is needed
    void refresh();
    api
      .get<SetupState>('/setup')
      .then((setup) => useLive.setState({ setup }))
      .catch(() => useLive.setState({ connection: 'lost', lostAtMs: performance.now() }));
    void askWhoIAm().then((known) => {
      if (known && !gone) void connect();
    });
    return () => {
      gone = true;
    };
  }, []);
}
