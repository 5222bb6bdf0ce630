import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** A mark at a unit whose speed has lastingly changed. */
export function Drift({ factor }: { readonly factor: number | null }) {
  const w = useWords();
  const f = useFormat();
  if (factor === null) return null;
  const slower = factor > 1;
  const times = f.number(slower ? factor : 1 / factor, 2);
  return (
    <span data-testid="drift" title={w.board.drift.hint} className={`chip ${slower ? 'bg-warn-soft text-warn' : ''}`}>
      {slower ? w.board.drift.slower(times) : w.board.drift.quicker(times)}
    </span>
  );
}
