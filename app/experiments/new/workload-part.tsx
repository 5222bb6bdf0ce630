import { Field } from '../../ui/field.tsx';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part } from './part.tsx';

export function WorkloadPart({ draft, change, errors }: PartProps) {
  const w = useWords();
  const poisson = draft.arrivals !== 'closed';
  return (
    <Part title={w.create.workload}>
      <div className="grid gap-4">
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="sr-only">{w.create.workload}</legend>
          <Way
            on={!poisson}
            name={w.create.closed}
            hint={w.create.closedHint}
            choose={() => change({ arrivals: 'closed' })}
          />
          <Way
            on={poisson}
            name={w.create.poisson}
            hint={w.create.poissonHint}
            choose={() => change({ arrivals: 'load' })}
          />
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-3">
          {poisson && (
            <div>
              <label className="label" htmlFor="arrivals">
                {w.create.by}
              </label>
              <div className="flex gap-2">
                <select
                  id="arrivals"
                  className="field w-auto"
                  value={draft.arrivals}
                  onChange={(event) => change({ arrivals: event.target.value === 'rate' ? 'rate' : 'load' })}
                >
                  <option value="load">{w.create.load}</option>
                  <option value="rate">{w.create.rate}</option>
                </select>
                <input
                  type="number"
                  min={0}
                  step="any"
                  className="field num text-right"
                  aria-label={draft.arrivals === 'rate' ? w.create.rateUnit : w.create.loadUnit}
                  aria-invalid={errors.workload !== undefined}
                  value={draft.arrivals === 'rate' ? draft.ratePerS : draft.loadPercent}
                  onChange={(event) =>
                    change(
                      draft.arrivals === 'rate'
                        ? { ratePerS: event.target.value }
                        : { loadPercent: event.target.value },
                    )
                  }
                />
              </div>
              <p className={`mt-1 text-xs ${errors.workload ? 'text-bad' : 'text-quiet'}`}>
                {errors.workload ?? (draft.arrivals === 'rate' ? w.create.rateUnit : w.create.loadUnit)}
              </p>
            </div>
          )}
          <Field
            type="number"
            min={1}
            max={100}
            className="num"
            label={w.create.repeats}
            hint={w.create.repeatsHint}
            error={errors.repeats}
            value={draft.repeats}
            onChange={(event) => change({ repeats: event.target.value })}
          />
          <Field
            type="number"
            min={0}
            className="num"
            label={w.create.seed}
            error={errors.seed}
            value={draft.seed}
            onChange={(event) => change({ seed: event.target.value })}
          />
        </div>
      </div>
    </Part>
  );
}

interface WayProps {
  readonly on: boolean;
  readonly name: string;
  readonly hint: string;
  choose(): void;
}

function Way({ on, name, hint, choose }: WayProps) {
  return (
    <label className="choice">
      <input type="radio" name="workload" checked={on} onChange={choose} />
      <span>
        <span className="block text-sm font-medium">{name}</span>
        <span className="block text-xs text-quiet">{hint}</span>
      </span>
    </label>
  );
}
