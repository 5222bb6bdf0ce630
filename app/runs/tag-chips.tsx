import type { ListedRun } from '../../server/panel/wire.ts';
import { useWords } from '../ui/words/language.ts';
import { NoteIcon } from './note-icon.tsx';

interface Props {
  readonly run: Pick<ListedRun, 'id' | 'tags' | 'note'>;
  onTag(tag: string): void;
  readonly onMarks?: (() => void) | undefined;
}

/** Its tags, each of which finds the others that have it, and the way to its note. */
export function TagChips({ run, onTag, onMarks }: Props) {
  const w = useWords();
  return (
    <span className="group/tags flex min-w-0 items-center gap-1">
      <span className="flex min-w-0 gap-1 overflow-hidden">
        {run.tags.map((tag) => (
          <button
            key={tag}
            type="button"
            className="chip min-h-6 hover:text-text"
            aria-label={w.runs.tags.find(tag)}
            onClick={() => onTag(tag)}
          >
            {tag}
          </button>
        ))}
      </span>
      {onMarks && (
        <button
          type="button"
          className={`btn btn-quiet min-h-8 shrink-0 px-1.5 ${run.note ? '' : 'opacity-0 group-hover/tags:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100'}`}
          aria-label={w.runs.marks.editRun(String(run.id))}
          title={run.note || w.runs.marks.add}
          onClick={onMarks}
        >
          <NoteIcon written={run.note !== ''} />
        </button>
      )}
    </span>
  );
}
