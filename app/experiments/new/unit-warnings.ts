import type { UnitLive, UnitView } from '../../../server/panel/wire.ts';
import type { Words } from '../../ui/words/en.ts';

/** What the prediction does not know of the chosen units as they are now, a sentence each. */
export function unitWarnings(
  chosen: readonly string[],
  units: readonly UnitView[],
  live: readonly UnitLive[],
  w: Words,
): string[] {
  const words = w.create.warning;
  return units
    .filter(({ id }) => chosen.includes(id))
    .flatMap((unit) => {
      const { status, faults } = live.find(({ id }) => id === unit.id) ?? unit.live;
      if (status === 'quarantined') return [words.quarantined(unit.name)];
      if (status === 'absent') return [words.absent(unit.name)];
      return faults.length > 0 ? [words.faulty(unit.name)] : [];
    });
}
