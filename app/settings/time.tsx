import { useEffect, useState } from 'react';
import { useLive } from '../ui/live/store.ts';
import { CHOICES, prefer, usePreference } from '../ui/preferences.ts';
import { Section } from '../ui/section.tsx';
import { useFormat, zoneOf } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { Choice } from './choice.tsx';

/** Whose clock dates are told by, and how. */
export function Time() {
  const w = useWords();
  const f = useFormat();
  const zone = usePreference('zone');
  const boardZone = useLive(({ board }) => board?.timeZone);
  const now = useNow();
  const name = zoneOf(zone, boardZone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Section title={w.settings.time} hint={w.settings.browser}>
      <div className="grid gap-4">
        <Choice
          legend={w.settings.zone}
          choices={CHOICES.zone}
          chosen={zone}
          nameOf={(choice) => w.settings.zones[choice]}
          onChoose={(choice) => prefer('zone', choice)}
        />
        <Choice
          legend={w.settings.clock}
          choices={CHOICES.clock}
          chosen={usePreference('clock')}
          nameOf={(choice) => w.settings.clocks[choice]}
          onChoose={(choice) => prefer('clock', choice)}
        />
        {now !== null && (
          <p className="num text-sm text-quiet" data-testid="settings-now">
            {w.settings.now(f.date(now), name)}
          </p>
        )}
      </div>
    </Section>
  );
}

/** By the minute; null on the exported page, which has no time. */
function useNow(): string | null {
  const [now, setNow] = useState<string | null>(null);
  useEffect(() => {
    const tick = () => setNow(new Date().toISOString());
    tick();
    const timer = setInterval(tick, 5000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
