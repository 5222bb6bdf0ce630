import { type FormEvent, useState } from 'react';
import type { UnitView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { refresh } from '../ui/live/socket.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';

/** A real unit's threads, the cores that its process may use, and where a person knows better: its slots and its switch cost. */
export function RealOptions({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const [wrong, setWrong] = useState<string | undefined>();
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const cores = String(form.get('cores')).trim();
    const [slots, switchMs] = ['slots', 'switchMs'].map((name) => String(form.get(name)).trim());
    setSaved(false);
    setError(null);
    setWrong(/^(\d+(\s*,\s*\d+)*)?$/.test(cores) ? undefined : w.board.options.coresWrong);
    if (!/^(\d+(\s*,\s*\d+)*)?$/.test(cores)) return;
    try {
      await api.put(`/units/${unit.id}/options`, {
        threads: Number(form.get('threads')),
        cores: cores ? cores.split(',').map(Number) : null,
        modelSlots: slots ? Number(slots) : null,
        switchMs: switchMs ? Number(switchMs) : null,
      });
      setSaved(true);
      await refresh();
    } catch (error) {
      setError(error);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h3 className="mb-2 text-sm font-semibold">{w.board.options.title}</h3>
      <div className="flex flex-wrap items-start gap-3">
        <div className="w-28">
          <Field
            name="threads"
            type="number"
            min={1}
            max={64}
            required
            defaultValue={unit.options.threads}
            label={w.board.options.threads}
          />
        </div>
        <div className="min-w-48 flex-1">
          <Field
            name="cores"
            defaultValue={unit.options.cores?.join(', ') ?? ''}
            label={w.board.options.cores}
            hint={w.board.options.coresHint}
            error={wrong}
          />
        </div>
        <div className="w-28">
          <Field
            name="slots"
            type="number"
            min={1}
            max={1000}
            defaultValue={unit.options.modelSlots ?? ''}
            label={w.board.unit.slots}
          />
        </div>
        <div className="w-36">
          <Field
            name="switchMs"
            type="number"
            min={0}
            max={600_000}
            step="any"
            defaultValue={unit.options.switchMs ?? ''}
            label={w.board.options.switchMs}
            hint={w.board.options.switchMsHint}
          />
        </div>
        <button type="submit" className="btn mt-6">
          {w.board.options.save}
        </button>
      </div>
      <p role="status" className="mt-1 text-sm text-good">
        {saved && w.board.options.saved}
      </p>
      {error !== null && <Trouble error={error} />}
    </form>
  );
}
