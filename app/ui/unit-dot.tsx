import type { UnitLive } from '../../server/panel/wire.ts';
import { useWords } from './words/language.ts';

/** As the board says it, and what only the page knows: it is run for its times alone. */
type UnitStatus = UnitLive['status'] | 'measuring';

const DOT: Record<UnitStatus, string> = {
  asleep: 'border-2 border-line-strong',
  starting: 'border-2 border-accent',
  ready: 'bg-good',
  loading: 'bg-accent',
  running: 'bg-accent',
  measuring: 'bg-accent',
  absent: 'border-2 border-bad',
  quarantined: 'rounded-none bg-bad',
};

export function UnitDot({ status }: { readonly status: UnitStatus }) {
  const w = useWords();
  return (
    <span className="inline-flex items-center gap-1.5 text-xs font-medium" data-unit-status={status}>
      <i aria-hidden="true" className={`size-2 rounded-full ${DOT[status]}`} />
      {w.common.unitStatus[status]}
    </span>
  );
}
