import { useState } from 'react';
import type { Fault } from '../../server/application/messages.ts';
import type { UnitView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { useUnitLive } from '../ui/live/use-unit-live.ts';
import { Trouble } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import { type Format, useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

interface Props {
  readonly unit: UnitView;
  readonly className?: string;
  /** It is about to go, and the keyboard's focus with it. */
  onCleared(): void;
}

/** The faults that were set on a simulated unit and still hold, with a way to take them back. */
export function FaultsSet({ unit, className = '', onCleared }: Props) {
  const w = useWords();
  const f = useFormat();
  const { faults } = useUnitLive(unit);
  const operates = useLive(mayOperate);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (faults.length === 0) return null;
  const clear = async () => {
    setBusy(true);
    setError(null);
    try {
      await api.post(`/units/${unit.id}/fault`, { kind: 'clear' } satisfies Fault);
      onCleared();
    } catch (error) {
      setError(error);
    }
    setBusy(false);
  };
  return (
    <div data-testid="faults-set" className={className}>
      <div className="flex items-center justify-between gap-2">
        <span className="num min-w-0 text-xs font-medium text-bad">
          {faults.map((fault) => faultWords(fault, w, f)).join(' · ')}
        </span>
        {operates && (
          <button
            type="button"
            className="btn shrink-0 px-2 pointer-fine:min-h-7 text-xs"
            aria-label={w.board.faultsSet.clearOf(unit.name)}
            disabled={busy}
            onClick={() => void clear()}
          >
            {w.board.faultsSet.clear}
          </button>
        )}
      </div>
      {error !== null && <Trouble error={error} />}
    </div>
  );
}

function faultWords(fault: Fault, { board: { faultsSet: words } }: Words, f: Format): string {
  switch (fault.kind) {
    case 'slow':
      return fault.factor > 1 ? words.slower(f.tick(fault.factor)) : words.quicker(f.tick(1 / fault.factor));
    case 'hang':
    case 'garbage':
    case 'leave':
      return words[fault.kind];
    case 'crash':
    case 'return':
    case 'clear':
      return ''; // over as soon as it is told
    default:
      return fault satisfies never;
  }
}
