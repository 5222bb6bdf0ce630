import type { UnitView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** How long each model takes here: what the table said, and what was measured since. */
export function ProfileTable({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const f = useFormat();
  const profiles = useLive(({ board }) => board?.profiles);
  const own = profiles?.filter((profile) => profile.unit === unit.id) ?? [];
  const models = [...new Set([...Object.keys(unit.latencyMs ?? {}), ...own.map((profile) => String(profile.model))])];
  return (
    <div>
      <h3 className="mb-1 text-sm font-semibold">{w.board.profile.title}</h3>
      {models.length === 0 ? (
        <p className="text-sm text-quiet">{w.board.profile.empty}</p>
      ) : (
        <ScrollX name={w.board.profile.title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{w.board.profile.model}</th>
                <th scope="col" className="num">
                  {w.board.profile.given}
                </th>
                <th scope="col" className="num">
                  {w.board.profile.measured}
                </th>
                <th scope="col" className="num">
                  {w.board.profile.p95}
                </th>
                <th scope="col" className="num">
                  {w.board.profile.load}
                </th>
                <th scope="col" className="num">
                  {w.board.profile.samples}
                </th>
              </tr>
            </thead>
            <tbody>
              {models.map((model) => {
                const profile = own.find((profile) => profile.model === model);
                const measured = profile?.source === 'measured' ? profile : undefined;
                return (
                  <tr key={model}>
                    <th scope="row">{model}</th>
                    <td className="num">{f.ms(unit.latencyMs?.[model])}</td>
                    <td className="num">{f.ms(measured?.meanMs)}</td>
                    <td className="num">{f.ms(measured?.p95Ms)}</td>
                    <td className="num">{f.ms(measured?.loadMs)}</td>
                    <td className="num">{f.number(measured?.samples)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollX>
      )}
    </div>
  );
}
