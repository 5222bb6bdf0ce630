import { type FormEvent, useState } from 'react';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { refresh } from '../ui/live/socket.ts';
import { Sheet } from '../ui/sheet.tsx';
import { capital, Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import type { TableFault } from './check-table.ts';
import { EXAMPLE_TABLE } from './example-table.ts';

const MOST_BYTES = 1_000_000;

/** One's own latency table becomes a board of simulated units. The board checks it; its sentences are shown row by row. */
export function AddBoard({ onClose }: { onClose(): void }) {
  const w = useWords();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<{ name?: string; table?: string }>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<readonly TableFault[]>([]);
  const rows =
    error instanceof Refused
      ? Object.entries(error.fields).map(([where, sentence]) => ({ where, sentence: capital(sentence) }))
      : faults;

  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) return setWrong({ table: w.board.custom.tooLarge });
    setText(await file.text());
    setName((name) => name || file.name.replace(/\.json$/i, ''));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    setFaults([]);
    const read = parsed(text);
    const wrong = {
      ...(name.trim() ? {} : { name: w.board.custom.nameNeeded }),
      ...('why' in read ? { table: w.board.custom.notJson(read.why) } : {}),
    };
    setWrong(wrong);
    if ('why' in read || Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const { tableFaults } = await import('./check-table.ts'); // with the schema, which the board page is drawn without
      const faults = tableFaults(read.table, w);
      setFaults(faults);
      if (faults.length > 0) return setBusy(false);
      await api.post('/boards', { name: name.trim(), table: read.table });
      await refresh();
      onClose();
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };

  return (
    <Sheet wide title={w.board.custom.title} onClose={onClose}>
      <form className="grid gap-4" noValidate onSubmit={(event) => void submit(event)}>
        <p className="text-sm text-quiet">{w.board.custom.intro}</p>
        <Field
          label={w.board.custom.name}
          value={name}
          maxLength={80}
          error={wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
        <div>
          <label className="label" htmlFor="latency-table">
            {w.board.custom.table}
          </label>
          <textarea
            id="latency-table"
            className="field min-h-56 font-mono text-xs leading-5"
            spellCheck={false}
            value={text}
            aria-invalid={wrong.table !== undefined}
            aria-describedby="latency-table-note"
            onChange={(event) => setText(event.target.value)}
          />
          <p id="latency-table-note" className="mt-1 text-xs text-bad">
            {wrong.table}
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            <label className="btn">
              {w.board.custom.file}
              <input
                type="file"
                accept="application/json,.json"
                className="sr-only"
                onChange={(event) => void take(event.target.files?.[0])}
              />
            </label>
            <button type="button" className="btn" onClick={() => setText(EXAMPLE_TABLE)}>
              {w.board.custom.example}
            </button>
          </div>
        </div>
        {error !== null && rows.length === 0 && <Trouble error={error} />}
        {rows.length > 0 && (
          <ul role="alert" className="grid gap-1 rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
            {rows.map(({ where, sentence }) => (
              <li key={where + sentence}>
                {where && <code className="mr-1 font-mono text-xs">{w.board.custom.row(where)}</code>}
                {sentence}
              </li>
            ))}
          </ul>
        )}
        <div className="flex justify-end gap-2">
          <button type="button" className="btn" onClick={onClose}>
            {w.shell.cancel}
          </button>
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {busy ? w.board.custom.busy : w.board.custom.submit}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function parsed(text: string): { readonly table: unknown } | { readonly why: string } {
  try {
    return { table: JSON.parse(text) as unknown };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
