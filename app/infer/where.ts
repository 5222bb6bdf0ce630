import type { BoardView, ModelView, UnitView } from '../../server/panel/wire.ts';
import { canRun } from '../models/given.ts';

/** Where an inference is served: by the best unit of a board, or by one unit. */
export type Where = { readonly board: string } | { readonly unit: string };

/** As the value of an option. */
export const whereKey = (where: Where): string => ('unit' in where ? `unit ${where.unit}` : `board ${where.board}`);

export interface Choice {
  readonly board: BoardView;
  /** Its units that can run the model, in its order. */
  readonly units: readonly UnitView[];
}

/** Boards that can run the model, real ones first. */
export function choicesFor(model: string, boards: readonly BoardView[], models: readonly ModelView[]): Choice[] {
  const ready = models.some(({ id, ready }) => id === model && ready);
  const able = boards
    .map((board) => ({ board, units: board.units.filter((unit) => canRun(unit, model, ready)) }))
    .filter(({ units }) => units.length > 0);
  return [...able].sort((a, b) => Number(a.board.simulated) - Number(b.board.simulated));
}

/** What was chosen, where that can run the model; else the first board that can; null: none can. */
export function whereOf(wanted: Where | null, choices: readonly Choice[]): Where | null {
  const first = choices[0];
  if (!first) return null;
  const there =
    wanted !== null &&
    ('unit' in wanted
      ? choices.some(({ units }) => units.some(({ id }) => id === wanted.unit))
      : choices.some(({ board }) => board.id === wanted.board));
  return there ? wanted : { board: first.board.id };
}

/** A real unit looks at the picture; a simulated one does not. */
export function looksAt(where: Where, choices: readonly Choice[]): boolean {
  const units = choices.flatMap(({ board, units }) =>
    'unit' in where ? units.filter(({ id }) => id === where.unit) : board.id === where.board ? units : [],
  );
  return units.some(({ source }) => source === 'hardware');
}
