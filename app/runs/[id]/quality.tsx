import type { RunDetail } from '../../../server/panel/wire.ts';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

/** How well the machinery itself did: what a figure of the schedule owes to us and not to the units. */
export function Quality({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const { quality } = run;
  if (!quality) return null;
  const facts = [
    [w.run.hop, `${f.number(quality.hopP50Us)} / ${f.number(quality.hopP99Us)} µs`, w.run.hopHint],
    [w.run.decision, `${f.number(quality.decisionMeanUs, 1)} µs`, w.run.mean],
    [w.run.decisions, f.number(quality.decisions), ''],
  ] as const;
  return (
    <Section title={w.run.quality}>
      <dl className="grid gap-3 sm:grid-cols-3">
        {facts.map(([name, value, hint]) => (
          <div key={name}>
            <dt className="text-xs text-quiet">{name}</dt>
            <dd className="num font-semibold">{value}</dd>
            <dd className="text-xs text-quiet">{hint}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
