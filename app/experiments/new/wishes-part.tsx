import { looksOf } from '../../ui/model-look.ts';
import { ModelMark } from '../../ui/model-mark.tsx';
import { useWords } from '../../ui/words/language.ts';
import { modelsFor } from './models-part.tsx';
import type { PartProps } from './new-experiment.tsx';
import { Part } from './part.tsx';
import type { Offer } from './use-offer.ts';

/** What is asked of each model's jobs beside being done: by when, and before which others. */
export function WishesPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const chosen = Object.keys(draft.jobs);
  const offered = modelsFor(draft.units, offer, chosen);
  const looks = looksOf(offered); // the marks that the models have above
  if (chosen.length === 0) return null;
  const nameOf = (id: string) => offer.models?.find((model) => model.id === id)?.name ?? id;
  return (
    <Part title={w.create.wishes} hint={w.create.wishesHint}>
      <div className="grid gap-2 lg:grid-cols-2 2xl:grid-cols-3">
        {offered.map((id, i) =>
          draft.jobs[id] === undefined ? null : (
            <div key={id} className="rounded-lg border border-line px-3 py-2">
              <div className="mb-2 flex items-center gap-2.5 text-sm font-medium">
                {looks[i] && <ModelMark look={looks[i]} />}
                <span className="min-w-0 truncate">{nameOf(id)}</span>
              </div>
              <div className="grid grid-cols-2 gap-3">
                <Wish
                  label={w.create.deadline}
                  name={`${w.create.deadline}: ${nameOf(id)}`}
                  none={w.create.noDeadline}
                  value={draft.deadlines[id] ?? ''}
                  error={errors[`models.${id}.deadlineMs`]}
                  onChange={(typed) => change({ deadlines: { ...draft.deadlines, [id]: typed } })}
                />
                <Wish
                  label={w.create.priority}
                  name={`${w.create.priority}: ${nameOf(id)}`}
                  none="0"
                  value={draft.priorities[id] ?? ''}
                  error={errors[`models.${id}.priority`]}
                  onChange={(typed) => change({ priorities: { ...draft.priorities, [id]: typed } })}
                />
              </div>
            </div>
          ),
        )}
      </div>
    </Part>
  );
}

interface WishProps {
  readonly label: string;
  readonly name: string;
  /** Shown where nothing was typed. */
  readonly none: string;
  readonly value: string;
  readonly error: string | undefined;
  onChange(typed: string): void;
}

function Wish({ label, name, none, value, error, onChange }: WishProps) {
  return (
    <label className="block text-xs text-quiet">
      {label}
      <input
        type="number"
        min={0}
        step="any"
        className="field num mt-1 text-right"
        aria-label={name}
        aria-invalid={error !== undefined}
        placeholder={none}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && <span className="mt-1 block text-bad">{error}</span>}
    </label>
  );
}
