import { ScrollX } from '../scroll-x.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';
import type { Why } from './why.ts';

/** What each unit promised, what the choice cost, and what the chosen one really took. */
export function WhyTable({ why, schedule }: { readonly why: Why; readonly schedule: Schedule }) {
  const w = useWords();
  const f = useFormat();
  return (
    <>
      <ScrollX name={w.why.table} className="max-h-72 overflow-y-auto">
        <table className="table" data-testid="why-table">
          <thead className="sticky top-0 bg-surface">
            <tr>
              <th scope="col">{w.run.unit}</th>
              <th scope="col" className="num">
                {w.why.expected}
              </th>
              {why.priced && (
                <th scope="col" className="num">
                  <abbr title={w.why.priceHint} className="decoration-dotted underline-offset-2">
                    {w.why.price}
                  </abbr>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {why.alternatives.map(({ unit, chosen, expectedMs, priceMs }) => (
              <tr key={unit} className={chosen ? 'bg-accent-soft font-semibold' : ''} data-chosen={chosen}>
                <th scope="row">
                  {schedule.units[unit]?.name}
                  {chosen && <span className="chip ml-2">{w.why.chosen}</span>}
                </th>
                <td className="num">
                  {expectedMs === null ? <span className="text-quiet">{w.why.never}</span> : f.ms(expectedMs)}
                  {chosen && (
                    <span className="block text-xs font-normal whitespace-nowrap" data-testid="why-took">
                      {w.why.took(f.ms(why.tookMs))}
                    </span>
                  )}
                </td>
                {why.priced && <td className="num">{f.ms(priceMs)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {why.priced && <p className="mt-1 text-xs text-quiet">{w.why.priceNote}</p>}
    </>
  );
}
