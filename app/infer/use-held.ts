import { useLive } from '../ui/live/store.ts';
import { useWords } from '../ui/words/language.ts';

/** Who has the board, as a sentence; null: nobody, as far as the page knows. The board itself has the last word. */
export function useHeld(): string | null {
  const w = useWords();
  const run = useLive(
    ({ state, board }) =>
      state?.run?.run ?? board?.experiments.flatMap(({ runs }) => runs).find(({ status }) => status === 'running')?.id,
  );
  const measuring = useLive(({ board }) => board?.measuring?.status === 'measuring');
  if (run !== undefined) return w.infer.held(String(run));
  return measuring ? w.infer.measuring : null;
}
