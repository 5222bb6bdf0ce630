import type { BoardState, BoardView } from '../../server/panel/wire.ts';

/** How much of a board's table was measured, and when the newest of it was. */
export function knownOf(
  board: Pick<BoardView, 'units' | 'models'>,
  profiles: BoardState['profiles'],
): { readonly measured: number; readonly of: number; readonly newest: string | null } {
  const pairs = board.units.flatMap((unit) =>
    board.models
      .filter(
        (model) => unit.latencyMs === null || (Object.hasOwn(unit.latencyMs, model) && unit.latencyMs[model] !== null),
      )
      .map((model) => ({ unit: unit.id, model })),
  );
  const measured = pairs.flatMap(({ unit, model }) =>
    profiles.filter((p) => p.unit === unit && p.model === model && p.source === 'measured'),
  );
  const dates = measured.flatMap(({ measuredAt }) => measuredAt ?? []).sort();
  return { measured: measured.length, of: pairs.length, newest: dates.at(-1) ?? null };
}
