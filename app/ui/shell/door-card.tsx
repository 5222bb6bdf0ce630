import type { ReactNode } from 'react';
import { useTheme } from '../theme.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { Mark, ThemeIcon } from './icons.tsx';

/** What stands before the house: claiming it, and coming in. */
export function DoorCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const w = useWords();
  const { swap } = useLanguage();
  const { theme, next } = useTheme();
  return (
    <div className="w-full max-w-md">
      <div className="mb-4 flex items-center gap-2.5 font-semibold tracking-tight">
        <Mark />
        Switchyard
        <span className="flex-1" />
        <button type="button" className="btn btn-quiet px-2" aria-label={w.shell.language} onClick={swap}>
          {w.shell.languageShort}
        </button>
        <button type="button" className="btn btn-quiet px-2" aria-label={w.shell.theme[theme]} onClick={next}>
          <ThemeIcon />
        </button>
      </div>
      <div className="card p-6">
        <h1>{title}</h1>
        {children}
      </div>
    </div>
  );
}
