import type { UnitView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { useConditions } from './conditions.ts';

/** How much longer this unit takes while another one works, where that was measured. */
export function CoRunTable({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const f = useFormat();
  const conditions = useConditions();
  const modelName = useModelName();
  const boards = useLive(({ board }) => board?.boards);
  const runs = useLive(({ board }) => board?.coRuns)?.filter((run) => run.unit === unit.id) ?? [];
  if (runs.length === 0) return null;
  const nameOf = (id: string) => boards?.flatMap((board) => board.units).find((other) => other.id === id)?.name ?? id;
  const { title, hint, beside, own, other, factor } = w.board.together;
  return (
    <div>
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="mb-1 text-xs text-quiet">{hint}</p>
      <ScrollX name={title}>
        <table className="table table-pinned">
          <thead>
            <tr>
              <th scope="col">{beside}</th>
              <th scope="col">{other}</th>
              <th scope="col">{own}</th>
              <th scope="col" className="num">
                {factor}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.beside} title={conditions(run)}>
                <th scope="row">{nameOf(run.beside)}</th>
                <td>{modelName(run.besideModel)}</td>
                <td>{modelName(run.model)}</td>
                <td className="num">
                  ×{f.number(run.factor, 2)}
                  {run.ci !== null && <span className="text-quiet"> {f.giveOrTakeTimes(run.ci)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </div>
  );
}
