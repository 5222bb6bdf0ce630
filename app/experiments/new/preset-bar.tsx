import type { ExperimentSpec } from '../../../server/panel/wire.ts';
import { Field } from '../../ui/field.tsx';
import { later } from '../../ui/later.tsx';
import { useWords } from '../../ui/words/language.ts';
import { type Draft, draftOf, EMPTY, PRESETS } from './draft.ts';
import type { PartProps } from './new-experiment.tsx';
import type { Offer } from './use-offer.ts';
import { presetName } from './use-starting-point.ts';

/** Fetched while the board is asked for them. */
const OwnPresets = later(() => import('./own-presets.tsx').then((module) => module.OwnPresets));

interface Props extends PartProps {
  readonly offer: Offer;
  readonly spec: ExperimentSpec | null;
  onDraft(draft: Draft): void;
}

export function PresetBar({ draft, change, errors, offer, spec, onDraft }: Props) {
  const w = useWords();
  return (
    <div className="card grid gap-4 p-4 2xl:grid-cols-[minmax(0,1fr)_auto]">
      <Field
        label={w.create.name}
        placeholder={w.create.namePlaceholder}
        value={draft.name}
        maxLength={120}
        error={errors.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <fieldset>
        <legend className="label">{w.create.presets}</legend>
        <div className="flex flex-wrap gap-2">
          {PRESETS.map((preset) => {
            const made =
              offer.boards && offer.policies
                ? draftOf(preset, offer.boards, offer.policies, presetName(preset, w))
                : null;
            return (
              <button key={preset} type="button" className="btn" disabled={!made} onClick={() => made && onDraft(made)}>
                {presetName(preset, w)}
              </button>
            );
          })}
          <button type="button" className="btn" onClick={() => onDraft(EMPTY)}>
            {w.create.presetEmpty}
          </button>
          <OwnPresets name={draft.name} spec={spec} onDraft={onDraft} />
        </div>
      </fieldset>
    </div>
  );
}
