import type { RunDetail, RunFigures } from '../../../server/panel/wire.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { SimulatedMark } from '../../ui/simulated.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

export function PerUnit({ run, figures }: { readonly run: RunDetail; readonly figures: RunFigures }) {
  const w = useWords();
  const f = useFormat();
  return (
    <Section title={w.run.perUnit} anchor="units" flush>
      <ScrollX name={w.run.perUnit}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.run.unit}</th>
              <th scope="col" className="num">
                {w.run.jobs}
              </th>
              <th scope="col" className="num">
                {w.run.busy}
              </th>
              <th scope="col" className="num">
                {w.run.utilisation}
              </th>
              <th scope="col" className="num">
                {w.run.switches}
              </th>
              <th scope="col" className="num">
                {w.run.switching}
              </th>
            </tr>
          </thead>
          <tbody>
            {run.units.map((unit) => {
              const own = figures.perUnit[unit.id];
              return (
                <tr key={unit.id}>
                  <th scope="row">
                    <span className="inline-flex items-center gap-2">
                      {unit.name}
                      {unit.source === 'simulated' && <SimulatedMark />}
                    </span>
                  </th>
                  <td className="num">{f.number(own?.jobs ?? 0)}</td>
                  <td className="num">{f.ms(own?.busyMs)}</td>
                  <td className="num">{f.share(figures.utilisation[unit.id] ?? 0)}</td>
                  <td className="num">{f.number(own?.switches)}</td>
                  <td className="num">{f.ms(own?.switchingMs)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
