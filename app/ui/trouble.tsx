import { Refused } from './api.ts';
import type { Words } from './words/en.ts';
import { useWords } from './words/language.ts';

/** What went wrong, in one sentence, and a way to try again where there is one. */
export function Trouble({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const w = useWords();
  return (
    <div
      role="alert"
      className="mt-3 flex flex-wrap items-center gap-3 rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad"
    >
      <span className="min-w-0 flex-1">{sentenceOf(error, w)}</span>
      {again && (
        <button type="button" className="btn" onClick={again}>
          {w.common.again}
        </button>
      )}
    </div>
  );
}

export function sentenceOf(error: unknown, w: Words): string {
  if (!(error instanceof Refused)) return error instanceof Error && error.message ? error.message : w.common.failed;
  if (error.status === 0) return w.common.unreachable;
  return capital(error.message) || w.common.unexpected(String(error.status));
}

/** Sentences of the board begin small, for they may stand after a colon. */
export const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
