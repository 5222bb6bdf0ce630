import { useLive } from '../live/store.ts';
import { useTheme } from '../theme.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { CurrentRun } from './current-run.tsx';
import { ThemeIcon } from './icons.tsx';
import { LiveDot } from './live-dot.tsx';
import { UserMenu } from './user-menu.tsx';

export function TopBar() {
  const w = useWords();
  const host = useLive((live) => live.board?.host);
  const { theme, next } = useTheme();
  const { language, swap } = useLanguage();
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 sm:gap-3 sm:px-6">
      <p className="min-w-0 truncate text-sm font-semibold">{host ?? ' '}</p>
      <LiveDot />
      <span className="flex-1" />
      <CurrentRun />
      <button
        type="button"
        className="btn btn-quiet px-2 sm:min-w-11"
        lang={language === 'en' ? 'ko' : 'en'}
        aria-label={w.shell.language}
        onClick={swap}
      >
        {w.shell.languageShort}
      </button>
      <button
        type="button"
        className="btn btn-quiet px-2 sm:min-w-11"
        aria-label={w.shell.theme[theme]}
        title={w.shell.theme[theme]}
        onClick={next}
      >
        <ThemeIcon />
      </button>
      <UserMenu />
    </header>
  );
}
