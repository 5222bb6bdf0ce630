import type { BoardView } from '../../../server/panel/wire.ts';
import { boardName } from '../../ui/board-name.ts';
import { Simulated } from '../../ui/simulated.tsx';
import { slotsText } from '../../ui/slots-text.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part, toggled } from './part.tsx';
import type { Offer } from './use-offer.ts';

export function UnitsPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  return (
    <Part title={w.create.units} error={errors.units}>
      <div className="grid min-h-36 gap-4">
        {offer.boards?.map((board) => (
          <BoardChoice key={board.id} board={board} chosen={draft.units} change={(units) => change({ units })} />
        ))}
      </div>
    </Part>
  );
}

interface ChoiceProps {
  readonly board: BoardView;
  readonly chosen: readonly string[];
  change(units: readonly string[]): void;
}

function BoardChoice({ board, chosen, change }: ChoiceProps) {
  const w = useWords();
  const f = useFormat();
  const own = board.units.map((unit) => unit.id);
  const all = own.every((id) => chosen.includes(id));
  const others = chosen.filter((id) => !own.includes(id));
  return (
    <fieldset>
      <legend className="sr-only">{boardName(board, w)}</legend>
      <div className="mb-1.5 flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">{boardName(board, w)}</span>
        {board.simulated && <Simulated source="simulated" />}
        {own.length > 1 && (
          <label className="ml-auto flex min-h-8 items-center gap-2 text-xs text-quiet">
            <input
              type="checkbox"
              checked={all}
              className="size-4 accent-accent"
              onChange={() => change(all ? others : [...others, ...own])}
            />
            {w.common.all}
          </label>
        )}
      </div>
      <div className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-4">
        {board.units.map((unit) => (
          <label key={unit.id} className="choice">
            <input
              type="checkbox"
              checked={chosen.includes(unit.id)}
              onChange={() => change(toggled(chosen, unit.id))}
            />
            <span className="min-w-0">
              <span className="block truncate text-sm font-medium">{unit.name}</span>
              <span className="text-xs text-quiet">
                {unit.precision.toUpperCase()} · {slotsText(unit.modelSlots, w, f)}
              </span>
              {unit.excluded && (
                <span className="block text-xs text-warn">
                  {w.create.excluded(unit.excluded.who, unit.excluded.reason)}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
