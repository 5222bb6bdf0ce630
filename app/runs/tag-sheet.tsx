import { useState } from 'react';
import type { ListedRun } from '../../server/panel/wire.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useWords } from '../ui/words/language.ts';
import { readTags, wrongTag } from './tag-text.ts';

interface Props {
  /** Those of the selection that are in sight: their tags can be taken away. */
  readonly runs: readonly ListedRun[];
  onClose(): void;
  onApply(add: readonly string[], remove: readonly string[]): void;
}

/** Tags for a selection. */
export function TagSheet({ runs, onClose, onApply }: Props) {
  const w = useWords();
  const [text, setText] = useState('');
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const add = readTags(text);
  const wrong = wrongTag(add);
  const there = [...new Set(runs.flatMap((run) => run.tags))].sort();
  return (
    <Sheet title={w.runs.tags.title} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong === undefined) onApply(add, removed);
        }}
      >
        <Field
          label={w.runs.tags.add}
          hint={w.runs.tags.addHint}
          error={wrong === undefined ? undefined : w.runs.tags.wrong(wrong)}
          value={text}
          autoFocus
          autoCapitalize="off"
          autoComplete="off"
          data-testid="tags-add"
          onChange={(event) => setText(event.target.value)}
        />
        {there.length > 0 && (
          <fieldset>
            <legend className="label">{w.runs.tags.remove}</legend>
            <div className="flex flex-wrap gap-2">
              {there.map((tag) => (
                <button
                  key={tag}
                  type="button"
                  className="btn"
                  aria-pressed={removed.includes(tag)}
                  onClick={() =>
                    setRemoved(removed.includes(tag) ? removed.filter((other) => other !== tag) : [...removed, tag])
                  }
                >
                  <span className={removed.includes(tag) ? 'line-through' : ''}>{tag}</span>
                </button>
              ))}
            </div>
          </fieldset>
        )}
        <div className="flex justify-end">
          <button
            type="submit"
            className="btn btn-primary"
            disabled={wrong !== undefined || (add.length === 0 && removed.length === 0)}
          >
            {w.runs.tags.apply}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
