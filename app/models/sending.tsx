import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** How much of a file the board has; once it has it all, it reads and tries it. */
export function Sending({ part }: { readonly part: number }) {
  const w = useWords();
  const f = useFormat();
  const words = w.models.upload;
  const text = part < 1 ? words.sending(f.share(part)) : words.trying;
  return (
    <div className="grid gap-1 text-xs text-quiet">
      <progress aria-label={words.progress} className="progress h-1.5 w-full" value={part < 1 ? part : undefined} />
      <p aria-live="polite">{text}</p>
    </div>
  );
}
