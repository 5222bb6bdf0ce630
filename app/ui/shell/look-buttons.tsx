import { useTheme } from '../theme.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { ThemeIcon } from './icons.tsx';

/** The other language, and the next theme; `className`: of either button. */
export function LookButtons({ className = '' }: { readonly className?: string }) {
  const w = useWords();
  const { theme, next } = useTheme();
  const { language, swap } = useLanguage();
  return (
    <>
      <button
        type="button"
        className={`btn btn-quiet tip px-2 ${className}`}
        lang={language === 'en' ? 'ko' : 'en'}
        aria-label={w.shell.language}
        data-tip={w.shell.language}
        onClick={swap}
      >
        {w.shell.languageShort}
      </button>
      <button
        type="button"
        className={`btn btn-quiet tip px-2 ${className}`}
        aria-label={w.shell.theme[theme]}
        data-tip={w.shell.theme[theme]}
        onClick={next}
      >
        <ThemeIcon />
      </button>
    </>
  );
}
