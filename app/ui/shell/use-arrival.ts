import { useEffect } from 'react';
import type { Me, SetupState } from '../../../server/panel/wire.ts';
import { api } from '../api.ts';
import { connect, fetchLibrary, refresh } from '../live/socket.ts';
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
    api
      .get<Me>('/me')
      .then((me) => {
        useLive.setState({ me });
        if (!gone) void connect();
      })
      .catch(() => {
        // shown the door already, or the board does not answer and the light says so
      });
    return () => {
      gone = true;
    };
  }, []);
}
