import { useEffect, useState } from 'react';
import type { Found, SetupState } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { useLive } from '../ui/live/store.ts';

const LOOK_EVERY_MS = 2000;

interface State {
  readonly setup: SetupState | null;
  readonly found: Found | null;
  readonly error: unknown;
}

/** Asked again and again: units are being found and models written while somebody reads this. */
export function useSetup(): State {
  const [state, setState] = useState<State>({ setup: null, found: null, error: null });
  useEffect(() => {
    const gone = new AbortController();
    const look = () => {
      if (document.hidden) return;
      ask(gone.signal).then(
        ({ setup, found }) => {
          useLive.setState({ setup });
          setState({ setup, found, error: null });
        },
        (error) => {
          if (!gone.signal.aborted) setState((old) => ({ ...old, error }));
        },
      );
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, []);
  return state;
}

async function ask(signal: AbortSignal): Promise<{ setup: SetupState; found: Found | null }> {
  const setup = await api.get<SetupState>('/setup', signal);
  return { setup, found: setup.claimed ? null : await api.get<Found>('/found', signal) };
}
