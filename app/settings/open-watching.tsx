import { useState } from 'react';
import type { AccessView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useAccessWords } from './access-words.ts';
import { Choice } from './choice.tsx';

/** Whether whoever is on the network may watch without login. An admin's. */
export function OpenWatching() {
  const { network } = useAccessWords();
  const { data, error, reload, change } = useSnapshot<AccessView>('/access');
  /** Chosen, and not yet answered. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const choose = async (openWatching: boolean) => {
    setRefused(null);
    setWanted(openWatching);
    try {
      const kept = await api.put<AccessView>('/access', { openWatching });
      change(() => kept);
    } catch (error) {
      setRefused(error);
    }
    setWanted(null);
  };
  return (
    <div className="mt-5 border-t border-line pt-4" data-testid="open-watching">
      {error && <Trouble error={error} again={reload} />}
      <Choice
        legend={network.watching}
        hint={`${network.watchingHint} ${network.watchingOff}`}
        choices={['off', 'on'] as const}
        chosen={data && ((wanted ?? data.openWatching) ? 'on' : 'off')}
        disabled={!data}
        nameOf={(choice) => network[choice]}
        onChoose={(choice) => void choose(choice === 'on')}
      />
      {refused !== null && <Trouble error={refused} />}
    </div>
  );
}
