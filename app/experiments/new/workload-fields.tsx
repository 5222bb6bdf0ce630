import { Field } from '../../ui/field.tsx';
import { later } from '../../ui/later.tsx';
import { useWords } from '../../ui/words/language.ts';
import { isPacedWay } from './draft.ts';
import type { PartProps } from './new-experiment.tsx';
import { PaceField } from './pace-field.tsx';
import type { Offer } from './use-offer.ts';

/** Fetched when somebody replays recorded arrivals. */
const TraceChoice = later(() => import('./trace-choice.tsx').then((module) => module.TraceChoice));

/** What the chosen way of arriving still leaves open; nothing for most. */
export function WorkloadFields({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const number = (field: 'burstFactor' | 'burstMs' | 'p99Ms', error: string | undefined) => ({
    type: 'number',
    min: 0,
    step: 'any',
    className: 'num',
    value: draft[field],
    error,
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  if (draft.way === 'trace')
    return <TraceChoice chosen={draft.trace} change={change} error={errors['workload.trace']} traces={offer.traces} />;
  if (!isPacedWay(draft.way)) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <PaceField draft={draft} change={change} errors={errors} />
      {draft.way === 'bursts' && (
        <>
          <Field
            {...number('burstFactor', errors['workload.factor'])}
            label={w.create.burstFactor}
            hint={w.create.burstFactorUnit}
          />
          <Field
            {...number('burstMs', errors['workload.burstMs'])}
            label={w.create.burstMs}
            hint={w.create.burstMsUnit}
          />
        </>
      )}
      {draft.way === 'server' && (
        <Field {...number('p99Ms', errors['workload.p99Ms'])} label={w.create.p99Bound} hint={w.create.p99BoundUnit} />
      )}
    </div>
  );
}
