import { POSTER_TABLE } from '../../server/hardware/simulated/poster.ts';
import { timeIn } from '../../server/hardware/time-in.ts';
import type { UnitView } from '../../server/panel/wire.ts';

/** A mean time in milliseconds that nobody here measured. */
export interface Given {
  readonly ms: number;
  /** The poster's own figure, or that of the table which a person's board was made from. */
  readonly from: 'poster' | 'table';
}

/** What was given for the pair: by the poster for its four units and for this machine's CPU, else by the board's table. */
export function givenOf(unit: Pick<UnitView, 'id' | 'board' | 'latencyMs'>, model: string): Given | null {
  const posters = unit.board === 'tinker' || unit.board === 'machine' ? unit.id.slice(unit.board.length + 1) : null;
  const poster = posters === null ? null : timeIn(POSTER_TABLE.latencyMs[posters] ?? {}, model);
  if (poster !== null) return { ms: poster, from: 'poster' };
  const own = unit.latencyMs ? timeIn(unit.latencyMs, model) : null;
  return own === null ? null : { ms: own, from: 'table' };
}

/** Whether the unit could ever run it: by its table, or, for a real unit, because there is a file that it reads. */
export const canRun = (unit: Pick<UnitView, 'latencyMs' | 'runs'>, model: string, hasFile: boolean): boolean =>
  unit.latencyMs ? timeIn(unit.latencyMs, model) !== null : hasFile && (unit.runs?.includes(model) ?? true);
