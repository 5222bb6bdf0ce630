import type { UnitLive } from '../../../server/panel/wire.ts';

/** What befell a unit between two looks at the board. */
export type UnitChange =
  | { readonly unit: string; readonly what: 'lost' | 'quarantined'; readonly reason: string | null }
  | { readonly unit: string; readonly what: 'back' }
  | { readonly unit: string; readonly what: 'slower' | 'quicker'; readonly times: number };

type Seen = Pick<UnitLive, 'id' | 'status' | 'reason' | 'drift'>;
interface Known {
  /** How it is out, or was until it started again. */
  out: 'absent' | 'quarantined' | null;
  drift: number | null;
}

/** Looks at the units again and again, and says what has changed since. A unit that was not seen before is no news. */
export function createUnitWatch(): { look(units: readonly Seen[]): UnitChange[] } {
  const book = new Map<string, Known>();
  return {
    look: (units) =>
      units.flatMap((unit) => {
        const known = book.get(unit.id);
        if (known) return [...presence(known, unit), ...speed(known, unit)];
        book.set(unit.id, { out: outOf(unit.status), drift: unit.drift });
        return [];
      }),
  };
}

const outOf = (status: Seen['status']): Known['out'] =>
  status === 'absent' || status === 'quarantined' ? status : null;

function presence(known: Known, { id: unit, status, reason }: Seen): UnitChange[] {
  const before = known.out;
  if (status === 'starting') return []; // hope, not news: it may well be lost again
  known.out = outOf(status);
  if (known.out === before) return [];
  if (known.out === null) return [{ unit, what: 'back' }];
  return [{ unit, what: known.out === 'absent' ? 'lost' : 'quarantined', reason }];
}

function speed(known: Known, { id: unit, drift }: Seen): UnitChange[] {
  const before = known.drift;
  known.drift = drift;
  if (drift === null || drift === before) return [];
  return [drift > 1 ? { unit, what: 'slower', times: drift } : { unit, what: 'quicker', times: 1 / drift }];
}
