import { useId, useState } from 'react';
import type { RunView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { readTags, wrongTag } from './tag-text.ts';

interface Props {
  readonly run: Pick<RunView, 'id' | 'tags' | 'note'>;
  onClose(): void;
  onSaved(run: RunView): void;
}

/** The tags and the note of one run. */
export function MarksSheet({ run, onClose, onSaved }: Props) {
  const w = useWords();
  const id = useId();
  const [tags, setTags] = useState(run.tags.join(' '));
  const [note, setNote] = useState(run.note);
  const [error, setError] = useState<unknown>(null);
  const wrong = wrongTag(readTags(tags));
  return (
    <Sheet title={w.runs.marks.editRun(String(run.id))} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          api.put<RunView>(`/runs/${run.id}/marks`, { tags: readTags(tags), note }).then(onSaved, setError);
        }}
      >
        <Field
          label={w.runs.tags.title}
          hint={w.runs.tags.addHint}
          error={wrong === undefined ? undefined : w.runs.tags.wrong(wrong)}
          value={tags}
          autoFocus
          autoCapitalize="off"
          autoComplete="off"
          data-testid="marks-tags"
          onChange={(event) => setTags(event.target.value)}
        />
        <div>
          <label className="label" htmlFor={id}>
            {w.runs.marks.note}
          </label>
          <textarea
            id={id}
            className="field min-h-28"
            maxLength={2000}
            placeholder={w.runs.marks.notePlaceholder}
            data-testid="marks-note"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        {error !== null && <Trouble error={error} />}
        <div className="flex justify-end">
          <button type="submit" className="btn btn-primary" disabled={wrong !== undefined}>
            {w.runs.marks.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
