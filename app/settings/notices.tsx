import { useState } from 'react';
import { CHOICES, prefer, usePreference } from '../ui/preferences.ts';
import { Section } from '../ui/section.tsx';
import { useAwake } from '../ui/use-awake.ts';
import { useWords } from '../ui/words/language.ts';
import { Choice } from './choice.tsx';

/** Messages of the browser itself: asked for here and nowhere else. */
export function Notices() {
  const w = useWords();
  const awake = useAwake();
  const wanted = usePreference('notices');
  const [, again] = useState(0);
  const possible = awake && window.isSecureContext && typeof Notification !== 'undefined';
  const denied = possible && Notification.permission === 'denied';
  const choose = async (choice: (typeof CHOICES.notices)[number]) => {
    const allowed = choice === 'off' || (await Notification.requestPermission()) === 'granted';
    if (allowed) prefer('notices', choice);
    again((turn) => turn + 1);
  };
  return (
    <Section title={w.settings.notices} hint={w.settings.browser}>
      <Choice
        legend={w.settings.notices}
        hint={
          !awake || (possible && !denied)
            ? w.settings.noticesHint
            : denied
              ? w.settings.noticesDenied
              : w.settings.noticesInsecure
        }
        choices={CHOICES.notices}
        chosen={possible && !denied ? wanted : 'off'}
        disabled={!possible || denied}
        nameOf={(choice) => (choice === 'on' ? w.settings.on : w.settings.offWord)}
        onChoose={(choice) => void choose(choice)}
      />
    </Section>
  );
}
