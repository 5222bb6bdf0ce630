import { Field } from '../../ui/field.tsx';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part } from './part.tsx';
import type { Offer } from './use-offer.ts';

/** What simulated units are told about themselves; only asked where one is chosen. */
export function ConditionsPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const units = offer.boards?.flatMap((board) => board.units) ?? [];
  if (!units.some((unit) => unit.source === 'simulated' && draft.units.includes(unit.id))) return null;
  const names = { table: w.create.switchTable, ms: w.create.switchMs, forbidden: w.create.switchForbidden };
  return (
    <Part title={w.create.conditions} hint={w.create.conditionsHint}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <fieldset>
          <legend className="label">{w.create.switching}</legend>
          <div className="flex flex-wrap items-center gap-2">
            {(['ms', 'table', 'forbidden'] as const).map((switching) => (
              <label key={switching} className="choice min-h-9 py-1 text-sm">
                <input
                  type="radio"
                  name="switching"
                  checked={draft.switching === switching}
                  onChange={() => change({ switching })}
                />
                {names[switching]}
                {switching === 'ms' && (
                  <>
                    <input
                      type="number"
                      min={0}
                      max={60_000}
                      className="field num min-h-7 w-20 py-0 text-right"
                      aria-label={w.create.switchCost}
                      aria-invalid={errors.switchMs !== undefined}
                      value={draft.switchMs}
                      onChange={(event) => change({ switchMs: event.target.value, switching: 'ms' })}
                    />
                    <span className="text-quiet">ms</span>
                  </>
                )}
              </label>
            ))}
          </div>
          {errors.switchMs && <p className="mt-1 text-xs text-bad">{errors.switchMs}</p>}
        </fieldset>
        <div className="w-32">
          <Field
            type="number"
            min={0}
            max={200}
            className="num"
            label={w.create.noise}
            hint={w.create.noiseUnit}
            error={errors.noiseCv}
            value={draft.noisePercent}
            onChange={(event) => change({ noisePercent: event.target.value })}
          />
        </div>
      </div>
    </Part>
  );
}
