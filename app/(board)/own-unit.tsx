import { type FormEvent, useState } from 'react';
import type { OwnUnit, UnitView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { refresh } from '../ui/live/socket.ts';
import { useLive } from '../ui/live/store.ts';
import { Sheet } from '../ui/sheet.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useSpoken } from '../ui/words/language.ts';
import { OWN_UNIT_WORDS } from './own-unit-words.ts';

const PATH = '/boards/machine/units';

/** A simulated unit of this machine: a new one, or what `unit` is from now on. */
export function OwnUnitSheet({ unit, onClose }: { readonly unit?: UnitView; onClose(): void }) {
  const words = OWN_UNIT_WORDS[useSpoken().language];
  const modelName = useModelName();
  const models = useLive(({ board }) => board?.boards.find(({ id }) => id === 'machine')?.models ?? NONE);
  const [wrong, setWrong] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [removing, setRemoving] = useState(false);
  const done = async (asked: Promise<unknown>) => {
    setError(null);
    try {
      await asked;
      await refresh();
      onClose();
    } catch (error) {
      setRemoving(false);
      setError(error);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = definitionIn(new FormData(event.currentTarget), models);
    const time = Object.values(wanted.latencyMs).some((ms) => ms !== null);
    setWrong(wanted.name ? (time ? null : words.timeNeeded) : words.nameNeeded);
    if (!wanted.name || !time) return;
    void done(unit ? api.put(`${PATH}/${unit.id}`, wanted) : api.post(PATH, wanted));
  };
  return (
    <Sheet title={unit ? words.change : words.add} onClose={onClose}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <p className="text-sm text-quiet">{words.intro}</p>
        <Field name="name" label={words.name} maxLength={64} defaultValue={unit?.name ?? ''} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="slots"
            type="number"
            min={1}
            max={1000}
            label={words.slots}
            hint={words.slotsHint}
            defaultValue={unit?.modelSlots ?? ''}
          />
          <Field
            name="switchMs"
            type="number"
            min={0}
            max={600_000}
            label={words.switchMs}
            defaultValue={typeof unit?.switchMs === 'number' ? unit.switchMs : 0}
          />
        </div>
        <fieldset className="grid gap-3">
          <legend className="label">{words.times}</legend>
          <p className="text-xs text-quiet">{words.timesHint}</p>
          {models.map((model) => (
            <Field
              key={model}
              name={`ms ${model}`}
              type="number"
              min={0.001}
              step="any"
              label={modelName(model)}
              defaultValue={unit?.latencyMs?.[model] ?? ''}
            />
          ))}
        </fieldset>
        {wrong !== null && (
          <p role="alert" className="text-sm text-bad">
            {wrong}
          </p>
        )}
        {error !== null && <Trouble error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          {unit && (
            <button type="button" className="btn btn-quiet btn-danger mr-auto" onClick={() => setRemoving(true)}>
              {words.remove}
            </button>
          )}
          <button type="submit" className="btn btn-primary">
            {words.save}
          </button>
        </div>
      </form>
      {removing && unit && (
        <Confirm
          question={words.removeQuestion(unit.name)}
          yes={words.remove}
          onNo={() => setRemoving(false)}
          onYes={() => done(api.delete(`${PATH}/${unit.id}`))}
        />
      )}
    </Sheet>
  );
}

const NONE: readonly string[] = [];

function definitionIn(form: FormData, models: readonly string[]): OwnUnit {
  const number = (name: string) => {
    const text = String(form.get(name) ?? '').trim();
    return text === '' ? null : Number(text);
  };
  return {
    name: String(form.get('name') ?? '').trim(),
    modelSlots: number('slots'),
    switchMs: number('switchMs') ?? 0,
    latencyMs: Object.fromEntries(models.map((model) => [model, number(`ms ${model}`)])),
  };
}
