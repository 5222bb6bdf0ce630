import { POSTER_TABLE } from '../../server/hardware/simulated/poster.ts';
import { timeIn } from '../../server/hardware/time-in.ts';
import type { BoardView, UnitView } from '../../server/panel/wire.ts';
import { boardName } from '../ui/board-name.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** A board's whole table as it was measured, and the poster's beside it: unit by unit, model by model. */
export function TimesSheet({ board, onClose }: { readonly board: BoardView; onClose(): void }) {
  const w = useWords();
  const profiles = useLive(({ board }) => board?.profiles) ?? [];
  const measured = (unit: string, model: string) =>
    profiles.find((p) => p.unit === unit && p.model === model && p.source === 'measured');
  const modelName = useModelName();
  const { title, hint, model, posterOf } = w.board.times;
  return (
    <Sheet
      wide
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {title(boardName(board, w))} {board.simulated && <Simulated source="simulated" />}
        </span>
      }
    >
      <p className="mb-3 text-sm text-quiet">{hint}</p>
      <ScrollX name={title(boardName(board, w))}>
        <table className="table table-pinned">
          <thead>
            <tr>
              <th scope="col">{model}</th>
              {board.units.map((unit) => (
                <th key={unit.id} scope="col" className="num">
                  {unit.name}
                  {posterUnit(unit) && (
                    <span className="block font-normal">{posterOf(posterUnit(unit)?.toUpperCase() ?? '')}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.models.map((model) => (
              <tr key={model}>
                <th scope="row">{modelName(model)}</th>
                {board.units.map((unit) => (
                  <Pair
                    key={unit.id}
                    measuredMs={measured(unit.id, model)?.meanMs}
                    ciMs={measured(unit.id, model)?.ciMs ?? null}
                    posterMs={posterMs(unit, model)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Sheet>
  );
}

/** The poster's unit of the same name: its four, and this machine's CPU beside the poster's. */
function posterUnit(unit: UnitView): string | undefined {
  const name = unit.id.slice(unit.board.length + 1);
  return POSTER_TABLE.units.find(({ id }) => id === name)?.id;
}

function posterMs(unit: UnitView, model: string): number | null {
  const name = posterUnit(unit);
  return name === undefined ? null : timeIn(POSTER_TABLE.latencyMs[name] ?? {}, model);
}

interface PairProps {
  readonly measuredMs: number | undefined;
  readonly ciMs: number | null;
  readonly posterMs: number | null;
}

function Pair({ measuredMs, ciMs, posterMs }: PairProps) {
  const w = useWords();
  const f = useFormat();
  const ratio = measuredMs !== undefined && posterMs !== null ? measuredMs / posterMs : null;
  return (
    <td className="num align-top">
      {measuredMs === undefined ? (
        <span className="text-quiet">{w.board.times.unmeasured}</span>
      ) : (
        <span className="font-medium">
          {f.ms(measuredMs)}
          {ciMs !== null && <span className="text-xs font-normal text-quiet"> {f.giveOrTake(ciMs)}</span>}
        </span>
      )}
      {posterMs !== null && (
        <span className="block text-xs text-quiet">
          {f.ms(posterMs)}
          {ratio !== null && ` · ×${f.number(ratio, ratio < 0.1 ? 3 : 2)}`}
        </span>
      )}
    </td>
  );
}
