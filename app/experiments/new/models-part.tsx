import { useMemo } from 'react';
import { looksOf } from '../../ui/model-look.ts';
import { ModelMark } from '../../ui/model-mark.tsx';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part } from './part.tsx';
import type { Offer } from './use-offer.ts';

export function ModelsPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const models = useMemo(
    () => modelsFor(draft.units, offer, Object.keys(draft.jobs)),
    [draft.units, draft.jobs, offer],
  );
  const looks = looksOf(models);
  const recorded = draft.way === 'trace';
  const set = (model: string, jobs: string | null) => {
    const all = { ...draft.jobs, [model]: jobs ?? '' };
    const kept = models.filter((id) => id in all && !(id === model && jobs === null));
    change({ jobs: Object.fromEntries(kept.map((id) => [id, all[id] ?? ''])) });
  };
  return (
    <Part title={w.create.models} hint={recorded ? w.create.trace.models : w.create.modelsHint} error={errors.models}>
      <div className="grid min-h-12 gap-2 lg:grid-cols-2 2xl:grid-cols-3">
        {models.map((id, i) => {
          const view = offer.models?.find((model) => model.id === id);
          const name = view?.name ?? id;
          const jobs = draft.jobs[id];
          const wrong = errors[`models.${id}`];
          return (
            <div key={id}>
              <div className="choice">
                <label className="flex min-w-0 flex-1 items-center gap-2.5">
                  <input
                    type="checkbox"
                    checked={jobs !== undefined}
                    disabled={recorded}
                    onChange={() => set(id, jobs === undefined ? '100' : null)}
                  />
                  {looks[i] && <ModelMark look={looks[i]} />}
                  <span className="min-w-0">
                    <span className="block truncate text-sm font-medium">{name}</span>
                    {view && !view.ready && view.builtIn && (
                      <span className="text-xs text-quiet">{w.create.notReady}</span>
                    )}
                  </span>
                </label>
                <input
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={1_000_000}
                  className="field num w-24 text-right"
                  aria-label={w.create.inferences(name)}
                  aria-invalid={wrong !== undefined}
                  disabled={jobs === undefined || recorded}
                  value={jobs ?? ''}
                  onChange={(event) => set(id, event.target.value)}
                />
              </div>
              {wrong && <p className="mt-1 text-xs text-bad">{wrong}</p>}
            </div>
          );
        })}
      </div>
    </Part>
  );
}

/** Models of the boards that chosen units belong to; all of them while none is chosen. Chosen ones always. */
export function modelsFor(units: readonly string[], { boards }: Offer, chosen: readonly string[]): string[] {
  const meant = (boards ?? []).filter((board) => board.units.some((unit) => units.includes(unit.id)));
  const shown = meant.length > 0 ? meant : (boards ?? []);
  return [...new Set([...shown.flatMap((board) => board.models), ...chosen])];
}
