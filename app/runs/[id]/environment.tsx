import type { RunDetail } from '../../../server/panel/wire.ts';
import { Section } from '../../ui/section.tsx';
import { useSpecWords } from '../../ui/spec-words.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { machineFacts } from './machine-facts.ts';

const ASKED = ['workload', 'seed', 'switchMs', 'noiseCv', 'ranks'] as const;

/** What a figure of this run depends on besides its policy. */
export function Environment({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const say = useSpecWords();
  const units = run.units.map(
    ({ name, precision, source }) =>
      `${name} (${precision.toUpperCase()}${source === 'simulated' ? `, ${w.common.simulated}` : ''})`,
  );
  const models = run.models.map(
    ({ id, name, trained }) =>
      `${name} × ${f.number(run.spec.models.find((model) => model.id === id)?.jobs)}${trained ? '' : ` (${w.common.untrained})`}`,
  );
  const facts = [
    [w.create.units, units.join(' · ')],
    [w.create.models, models.join(' · ')],
    ...ASKED.map((field) => [w.compare.fields[field] ?? field, say(field, run.spec[field])] as const),
    [w.run.startedAt, f.date(run.startedAt)],
    [w.run.endedAt, f.date(run.endedAt)],
    ...machineFacts(run.quality?.machine ?? null, w, f),
  ] as const;
  return (
    <Section title={w.run.environment} anchor="environment">
      <dl className="num grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2">
        {facts.map(([name, value], i) => (
          <div key={name} className={i < 2 ? 'sm:col-span-2' : undefined}>
            <dt className="text-xs text-quiet">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
