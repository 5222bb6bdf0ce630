import { Field } from '../../ui/field.tsx';
import { useWords } from '../../ui/words/language.ts';
import { MLPERF_WAYS, OWN_WAYS, type Way } from './draft.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part } from './part.tsx';
import type { Offer } from './use-offer.ts';
import { WorkloadFields } from './workload-fields.tsx';

export function WorkloadPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const choose = (way: Way) => change({ way });
  return (
    <Part title={w.create.workload}>
      <div className="grid gap-4">
        <Ways legend={w.create.ownWays} ways={OWN_WAYS} chosen={draft.way} choose={choose} />
        <Ways legend={w.create.mlperfWays} ways={MLPERF_WAYS} chosen={draft.way} choose={choose} />
        <WorkloadFields draft={draft} change={change} errors={errors} offer={offer} />
        <div className="grid grid-cols-2 gap-4 border-t border-line pt-4 sm:grid-cols-4">
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
          <Field
            type="number"
            min={0}
            max={600}
            className="num"
            label={w.create.warmUp}
            hint={w.create.warmUpHint}
            placeholder="0"
            error={errors.warmUpS}
            value={draft.warmUpS}
            onChange={(event) => change({ warmUpS: event.target.value })}
          />
          <Field
            type="number"
            min={20}
            max={120}
            className="num"
            label={w.create.coolTo}
            hint={w.create.coolToHint}
            placeholder="–"
            error={errors.coolToC}
            value={draft.coolToC}
            onChange={(event) => change({ coolToC: event.target.value })}
          />
        </div>
      </div>
    </Part>
  );
}

interface WaysProps {
  readonly legend: string;
  readonly ways: readonly Way[];
  readonly chosen: Way;
  choose(way: Way): void;
}

function Ways({ legend, ways, chosen, choose }: WaysProps) {
  const w = useWords();
  return (
    <fieldset>
      <legend className="label">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-4">
        {ways.map((way) => (
          <label key={way} className="choice">
            <input
              type="radio"
              name="workload"
              data-testid={`new-way-${way}`}
              checked={chosen === way}
              onChange={() => choose(way)}
            />
            <span>
              <span className="block text-sm font-medium">{w.create.ways[way].name}</span>
              <span className="block text-xs text-quiet">{w.create.ways[way].hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
