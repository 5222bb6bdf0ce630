import { useEffect } from 'react';
import { CloseIcon } from '../ui/shell/icons.tsx';
import { sentenceOf } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import type { RunActions } from './use-run-actions.ts';

const SHOWN_MS = 12_000;

/** What was done, and the way back. It goes by itself; what went wrong stays. */
export function SaidBar({ actions: { said, forget } }: { readonly actions: RunActions }) {
  const w = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new word has its own time
  useEffect(() => {
    if (!said || said.error !== null) return;
    const timer = setTimeout(forget, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div role="status" className="contents">
      {said && (
        <div
          data-testid="runs-said"
          className={`card pointer-events-auto flex min-h-11 items-center gap-3 py-1 pr-1 pl-4 text-sm shadow-lg ${said.error === null ? '' : 'bg-bad-soft text-bad'}`}
        >
          <span>{said.error === null ? said.sentence : sentenceOf(said.error, w)}</span>
          {said.undo && (
            <button type="button" className="btn" onClick={() => void said.undo?.()}>
              {w.runs.undo}
            </button>
          )}
          <button type="button" className="btn btn-quiet px-2" aria-label={w.shell.close} onClick={forget}>
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}
