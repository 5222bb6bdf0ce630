import { CHOICES, prefer, usePreference } from '../ui/preferences.ts';
import { Section } from '../ui/section.tsx';
import { show } from '../ui/shell/overlay.ts';
import { useWords } from '../ui/words/language.ts';
import { Choice } from './choice.tsx';

export function Keyboard() {
  const w = useWords();
  return (
    <Section
      title={w.settings.keyboard}
      hint={w.settings.browser}
      aside={
        <button type="button" className="btn" onClick={() => show('keys')}>
          {w.settings.showKeys}
        </button>
      }
    >
      <Choice
        legend={w.settings.singleKeys}
        hint={w.settings.singleKeysHint}
        choices={CHOICES.keys}
        chosen={usePreference('keys')}
        nameOf={(choice) => (choice === 'on' ? w.settings.on : w.settings.offWord)}
        onChoose={(choice) => prefer('keys', choice)}
      />
    </Section>
  );
}
