import { later } from '../../ui/later.tsx';
import { capital } from '../../ui/trouble.tsx';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part, toggled } from './part.tsx';
import { groupedPolicies } from './policy-groups.ts';
import type { Offer } from './use-offer.ts';

/** Fetched where somebody chooses `priority`. */
const RanksPart = later(() => import('./ranks-part.tsx').then((module) => module.RanksPart));

export function PoliciesPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const choose = (name: string) => {
    const chosen = toggled(draft.policies, name);
    const known = offer.policies?.map((policy) => policy.name) ?? [];
    change({ policies: known.filter((policy) => chosen.includes(policy)) });
  };
  return (
    <Part title={w.create.policies} error={errors.policies}>
      <div className="grid min-h-80 content-start gap-4">
        {groupedPolicies(offer.policies ?? []).map(({ group, policies }) => (
          <fieldset key={group}>
            <legend className="label">{w.create.policyGroup[group]}</legend>
            <div className="grid gap-2 sm:grid-cols-2">
              {policies.map(({ name, summary }) => (
                <label key={name} className="choice">
                  <input type="checkbox" checked={draft.policies.includes(name)} onChange={() => choose(name)} />
                  <span className="min-w-0">
                    <span className="block text-sm font-medium">{name}</span>
                    <span className="block text-xs text-quiet">{w.create.policy[name] ?? capital(summary)}</span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {draft.policies.includes('priority') && <RanksPart draft={draft} change={change} offer={offer} />}
    </Part>
  );
}
