import Link from 'next/link';
import type { InferenceView } from '../../server/panel/wire.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { reasonWords } from '../units/reason-words.ts';
import { useInferWords } from './infer-words.ts';

interface Props {
  readonly view: InferenceView;
  readonly model: string;
  readonly unitName: (id: string) => string;
}

/** Why this unit served it: what each that was asked promised, and what the chosen one really took. */
export function WhyThere({ view, model, unitName }: Props) {
  const w = useWords();
  const words = useInferWords();
  const f = useFormat();
  const { expected, latency } = view;
  const tookMs = latency.switchMs + latency.computeMs + latency.hopMs;
  const ranked = [...expected].sort((a, b) => (a.ms ?? Number.POSITIVE_INFINITY) - (b.ms ?? Number.POSITIVE_INFINITY));
  return (
    <Section title={words.why}>
      <p className="mb-2 text-sm" data-testid="infer-why">
        {expected.length === 1 && view.unready.length === 0
          ? words.only
          : w.why.reason[view.reason](model, unitName(view.unit))}
        {view.attempt > 1 && ` ${words.second}`}
        {view.switched && ` ${words.switched}`}
      </p>
      <ScrollX name={w.why.table}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.units.unit}</th>
              <th scope="col" className="num">
                {words.expected}
              </th>
            </tr>
          </thead>
          <tbody>
            {ranked.map(({ unit, ms }) => {
              const chosen = unit === view.unit;
              return (
                <tr key={unit} className={chosen ? 'bg-accent-soft font-semibold' : ''} data-chosen={chosen}>
                  <th scope="row">
                    <Link href={`/units/${unit}`} prefetch={false} className="link">
                      {unitName(unit)}
                    </Link>
                    {chosen && <span className="chip ml-2">{w.why.chosen}</span>}
                  </th>
                  <td className="num">
                    {ms === null ? <span className="text-quiet">{words.unknown}</span> : f.ms(ms)}
                    {chosen && <span className="block text-xs font-normal">{w.why.took(f.ms(tookMs))}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollX>
      {view.unready.map(({ unit, reason }) => (
        <p key={unit} className="mt-2 text-xs text-quiet">
          {words.unready(unitName(unit), reasonWords(reason, w))}
        </p>
      ))}
    </Section>
  );
}
