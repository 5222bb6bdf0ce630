import type { Words } from './words/en.ts';
import type { Format } from './words/format.ts';

/** How many models a unit holds at once; null: as many as there are. */
export function slotsText(slots: number | null, w: Words, f: Format): string {
  if (slots === null) return w.board.unit.anySlots;
  return slots === 1 ? w.board.unit.oneSlot : w.board.unit.nSlots(f.number(slots));
}
