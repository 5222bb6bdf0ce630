import { type FormEvent, useState } from 'react';
import type { ModelView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { sentenceOf, Trouble } from '../ui/trouble.tsx';
import { upload } from '../ui/upload.ts';
import { useWords } from '../ui/words/language.ts';
import { ChooseFile, type ChosenFile } from './choose-file.tsx';
import { idFrom, isModelId, labelsIn } from './labels.ts';
import { Sending } from './sending.tsx';

interface Props {
  /** Ids that there are already. */
  readonly taken: readonly string[];
  onAdded(): void;
  onClose(): void;
}

/** Brings a file in any format that a unit reads, and its labels where there are some. */
export function AddModel({ taken, onAdded, onClose }: Props) {
  const w = useWords();
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [id, setId] = useState('');
  const [sent, setSent] = useState<number | null>(null);
  const busy = sent !== null;
  const [wrong, setWrong] = useState<{ readonly id?: string; readonly file?: string }>({});
  const [error, setError] = useState<unknown>(null);
  const words = w.models.upload;

  const choose = (next: ChosenFile | null, why: string | null) => {
    setWrong(why === null ? {} : { file: why });
    setChosen(next);
    if (next && id === '') setId(idFrom(next.name));
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!chosen) return setWrong({ file: words.needsFile });
    if (!isModelId(id)) return setWrong({ id: words.needsId });
    if (taken.includes(id)) return setWrong({ id: words.taken(id) });
    setWrong({});
    setError(null);
    setSent(0);
    try {
      const labels = await labelsOf(form.get('labels'), words.wrongLabels);
      const query = new URLSearchParams({ id, name: String(form.get('name') ?? ''), format: chosen.format });
      await upload<ModelView>(`/models?${query}`, chosen.content, setSent);
      if (labels) await setLabels(id, labels);
      onAdded();
    } catch (error) {
      setError(error);
      setSent(null);
    }
  };
  const setLabels = (of: string, labels: readonly string[]) =>
    api.put(`/models/${of}/labels`, { labels }).catch((error: unknown) => {
      throw new Error(words.labelsRefused(sentenceOf(error, w)));
    });
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4" noValidate>
        <p className="text-sm text-quiet">{words.intro}</p>
        <ChooseFile chosen={chosen} wrong={wrong.file} disabled={busy} onChoose={choose} />
        <Field
          label={words.id}
          hint={words.idHint}
          error={wrong.id}
          value={id}
          maxLength={64}
          spellCheck={false}
          autoCapitalize="none"
          disabled={busy}
          onChange={(event) => setId(event.target.value.trim())}
        />
        <Field name="name" label={words.name} maxLength={80} placeholder={id} disabled={busy} />
        <Field
          name="labels"
          type="file"
          accept=".txt,.json,text/plain,application/json"
          label={words.labels}
          hint={words.labelsHint}
          disabled={busy}
        />
        {sent !== null && <Sending part={sent} />}
        {error !== null && <Trouble error={error} />}
        <div className="flex items-center justify-end gap-3">
          <button type="button" className="btn" onClick={onClose}>
            {w.shell.cancel}
          </button>
          <button type="submit" className="btn btn-primary" aria-disabled={busy} disabled={busy}>
            {busy ? words.busy : words.submit}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

/** null where no file was chosen. */
async function labelsOf(chosen: FormDataEntryValue | null, sentence: string): Promise<string[] | null> {
  if (!(chosen instanceof File) || chosen.size === 0) return null;
  const labels = labelsIn(await chosen.text());
  if (!labels) throw new Error(sentence);
  return labels;
}
