import { CHOICES, prefer, usePreference } from '../ui/preferences.ts';
import { Section } from '../ui/section.tsx';
import { chooseLanguage, type Language, useLanguage, useWords } from '../ui/words/language.ts';
import { Choice } from './choice.tsx';

const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

export function Look() {
  const w = useWords();
  const { language } = useLanguage();
  return (
    <Section title={w.settings.look} hint={w.settings.browser}>
      <div className="grid gap-4">
        <Choice
          legend={w.settings.language}
          choices={['en', 'ko']}
          chosen={language}
          langOf={(choice) => choice}
          nameOf={(choice) => LANGUAGES[choice]}
          onChoose={chooseLanguage}
        />
        <Choice
          legend={w.settings.theme}
          choices={CHOICES.theme}
          chosen={usePreference('theme')}
          nameOf={(theme) => w.settings.themes[theme]}
          onChoose={(theme) => prefer('theme', theme)}
        />
        <Choice
          legend={w.settings.density}
          choices={CHOICES.density}
          chosen={usePreference('density')}
          nameOf={(density) => w.settings.densities[density]}
          onChoose={(density) => prefer('density', density)}
        />
      </div>
    </Section>
  );
}
