import type { RunDetail, RunFigures } from '../../../server/panel/wire.ts';
import { looksOf } from '../../ui/model-look.ts';
import { ModelMark } from '../../ui/model-mark.tsx';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

export function PerModel({ run, figures }: { readonly run: RunDetail; readonly figures: RunFigures }) {
  const w = useWords();
  const f = useFormat();
  const missed = Object.values(figures.perModel).some(({ missRate }) => missRate !== undefined);
  const looks = looksOf(run.models.map((model) => model.id));
  return (
    <Section title={w.run.perModel} anchor="models" flush>
      <ScrollX name={w.run.perModel}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.run.model}</th>
              <th scope="col" className="num">
                {w.run.jobs}
              </th>
              <th scope="col" className="num">
                {w.run.mean}
              </th>
              <th scope="col" className="num">
                p99
              </th>
              {missed && (
                <th scope="col" className="num">
                  {w.run.missed}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {run.models.map((model, i) => (
              <tr key={model.id}>
                <th scope="row">
                  <span className="inline-flex items-center gap-2">
                    {looks[i] && <ModelMark look={looks[i]} />}
                    {model.name}
                  </span>
                </th>
                <td className="num">{f.number(figures.perModel[model.id]?.jobs ?? 0)}</td>
                <td className="num">{f.ms(figures.perModel[model.id]?.meanMs)}</td>
                <td className="num">{f.ms(figures.perModel[model.id]?.p99Ms)}</td>
                {missed && <td className="num">{f.share(figures.perModel[model.id]?.missRate, 1)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
