import type { KeptSwitchCost, UnitView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { useConditions } from './conditions.ts';

/** What it costs here that one model follows another, where that was measured: from → to. */
export function SwitchTable({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const modelName = useModelName();
  const boards = useLive(({ board }) => board?.boards);
  const costs = useLive(({ board }) => board?.switchCosts)?.filter((cost) => cost.unit === unit.id) ?? [];
  if (costs.length === 0) return null;
  const named = new Set<string>(costs.flatMap(({ from, to }) => [from, to]));
  const inOrder = boards?.find(({ id }) => id === unit.board)?.models ?? [];
  const models = [...new Set([...inOrder.filter((model) => named.has(model)), ...named])];
  return (
    <div>
      <h3 className="text-sm font-semibold">{w.board.switching.title}</h3>
      <p className="mb-1 text-xs text-quiet">{w.board.switching.hint}</p>
      <ScrollX name={w.board.switching.title}>
        <table className="table table-pinned">
          <thead>
            <tr>
              <th scope="col">{w.board.switching.fromTo}</th>
              {models.map((to) => (
                <th key={to} scope="col" className="num">
                  {modelName(to)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map((from) => (
              <tr key={from}>
                <th scope="row">{modelName(from)}</th>
                {models.map((to) => (
                  <Cost key={to} cost={costs.find((cost) => cost.from === from && cost.to === to)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </div>
  );
}

function Cost({ cost }: { readonly cost: KeptSwitchCost | undefined }) {
  const w = useWords();
  const f = useFormat();
  const conditions = useConditions();
  if (!cost) return <td className="num text-quiet">{w.common.none}</td>;
  const none = cost.ms <= (cost.ciMs ?? 0);
  return (
    <td className="num" title={conditions(cost)}>
      {none ? <span className="text-quiet">{w.board.switching.none}</span> : f.ms(cost.ms)}
      {!none && cost.ciMs !== null && <span className="text-quiet"> {f.giveOrTake(cost.ciMs)}</span>}
    </td>
  );
}
