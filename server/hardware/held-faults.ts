import type { UnitFault } from './channel.ts';

/** What holds once this is set as well. */
export function withFault(faults: readonly UnitFault[], fault: UnitFault): readonly UnitFault[] {
  const others = faults.filter(({ kind }) => kind !== fault.kind);
  switch (fault.kind) {
    case 'clear':
      return [];
    case 'slow':
      return fault.factor === 1 ? others : [...others, fault];
    case 'hang':
    case 'garbage':
    case 'leave':
      return [...others, fault];
    case 'crash':
    case 'return':
      return faults;
    default:
      return fault satisfies never;
  }
}
