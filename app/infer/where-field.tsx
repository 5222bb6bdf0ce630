import type { UnitView } from '../../server/panel/wire.ts';
import { boardName } from '../ui/board-name.ts';
import { useLive } from '../ui/live/store.ts';
import { useWords } from '../ui/words/language.ts';
import { useInferWords } from './infer-words.ts';
import { type Choice, type Where, whereKey } from './where.ts';

interface Props {
  readonly choices: readonly Choice[];
  readonly where: Where | null;
  readonly disabled: boolean;
  choose(where: Where): void;
}

/** The best unit of a board, or one of its units; those that are away say so and cannot be chosen. */
export function WhereField({ choices, where, disabled, choose }: Props) {
  const w = useWords();
  const words = useInferWords();
  const all: Where[] = choices.flatMap(({ board, units }) => [
    { board: board.id },
    ...units.map((unit): Where => ({ unit: unit.id })),
  ]);
  return (
    <div>
      <label className="label" htmlFor="infer-where">
        {words.where}
      </label>
      <select
        id="infer-where"
        className="field"
        disabled={disabled || choices.length === 0}
        value={where ? whereKey(where) : ''}
        onChange={(event) => {
          const chosen = all.find((each) => whereKey(each) === event.target.value);
          if (chosen) choose(chosen);
        }}
      >
        {choices.length === 0 && <option value="">{words.noUnit}</option>}
        {choices.map(({ board, units }) => {
          const name = boardName(board, w);
          return (
            <optgroup key={board.id} label={board.simulated ? `${name} · ${w.common.simulated}` : name}>
              <option value={whereKey({ board: board.id })}>{words.best(name)}</option>
              {units.map((unit) => (
                <UnitOption key={unit.id} unit={unit} />
              ))}
            </optgroup>
          );
        })}
      </select>
    </div>
  );
}

function UnitOption({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const status = useLive(({ state }) => state?.units.find(({ id }) => id === unit.id)?.status) ?? unit.live.status;
  const away = status === 'absent' || status === 'quarantined';
  const said = away ? w.common.unitStatus[status] : unit.excluded ? w.units.excluded : null;
  return (
    <option value={whereKey({ unit: unit.id })} disabled={away}>
      {said ? `${unit.name} (${said})` : unit.name}
    </option>
  );
}
