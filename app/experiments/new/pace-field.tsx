import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';

/** How many arrive: a rate, or a share of the bound. */
export function PaceField({ draft, change, errors }: PartProps) {
  const w = useWords();
  const byRate = draft.pace === 'rate';
  const unit = byRate ? w.create.rateUnit : w.create.loadUnit;
  return (
    <div>
      <label className="label" htmlFor="pace">
        {w.create.by}
      </label>
      <div className="flex gap-2">
        <select
          id="pace"
          className="field w-auto"
          value={draft.pace}
          onChange={(event) => change({ pace: event.target.value === 'rate' ? 'rate' : 'load' })}
        >
          <option value="load">{w.create.load}</option>
          <option value="rate">{w.create.rate}</option>
        </select>
        <input
          type="number"
          min={0}
          step="any"
          className="field num text-right"
          aria-label={unit}
          aria-invalid={errors.workload !== undefined}
          value={byRate ? draft.ratePerS : draft.loadPercent}
          onChange={(event) => change(byRate ? { ratePerS: event.target.value } : { loadPercent: event.target.value })}
        />
      </div>
      <p className={`mt-1 text-xs ${errors.workload ? 'text-bad' : 'text-quiet'}`}>{errors.workload ?? unit}</p>
    </div>
  );
}
