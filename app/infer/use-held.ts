import { useLive } from '../ui/live/store.ts';
import { useInferWords } from './infer-words.ts';

/** Who has the board, as a sentence; null: nobody, as far as the page knows. The board itself has the last word. */
export function useHeld(): string | null {
  const words = useInferWords();
  const run = useLive(
    ({ state, board }) =>
      state?.run?.run ?? board?.experiments.flatMap(({ runs }) => runs).find(({ status }) => status === 'running')?.id,
  );
  const measuring = useLive(({ board }) => board?.measuring?.status === 'measuring');
  if (run !== undefined) return words.held(String(run));
  return measuring ? words.measuring : null;
}
