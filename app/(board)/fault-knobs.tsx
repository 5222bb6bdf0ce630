import { useRef, useState } from 'react';
import type { Fault } from '../../server/application/messages.ts';
import type { UnitView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { FaultsSet } from './faults-set.tsx';

const PLAIN = ['crash', 'hang', 'garbage', 'leave', 'return'] as const;
const FACTORS = [1, 2, 5, 10];

/** Breaks a simulated unit on purpose, to see what the board makes of it. */
export function FaultKnobs({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const f = useFormat();
  const title = useRef<HTMLHeadingElement>(null);
  const [factor, setFactor] = useState(2);
  const [sent, setSent] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<unknown>(null);
  const send = async (fault: Fault) => {
    setSent('busy');
    setError(null);
    try {
      await api.post(`/units/${unit.id}/fault`, fault);
      setSent('sent');
    } catch (error) {
      setSent('idle');
      setError(error);
    }
  };
  return (
    <div>
      <h3 ref={title} tabIndex={-1} className="text-sm font-semibold">
        {w.board.fault.title}
      </h3>
      <p className="mb-2 text-xs text-quiet">{w.board.fault.hint}</p>
      <FaultsSet
        unit={unit}
        className="mb-2 max-w-96 rounded-lg bg-bad-soft px-3 py-1.5"
        onCleared={() => title.current?.focus()}
      />
      <div className="flex flex-wrap items-center gap-2">
        {PLAIN.map((kind) => (
          <button
            key={kind}
            type="button"
            className="btn"
            disabled={sent === 'busy'}
            onClick={() => void send({ kind })}
          >
            {w.board.fault[kind]}
          </button>
        ))}
        <span className="flex items-center gap-2">
          <button
            type="button"
            className="btn"
            disabled={sent === 'busy'}
            onClick={() => void send({ kind: 'slow', factor })}
          >
            {w.board.fault.slow}
          </button>
          <select
            className="field w-20"
            aria-label={w.board.fault.factor}
            value={factor}
            onChange={(event) => setFactor(Number(event.target.value))}
          >
            {FACTORS.map((k) => (
              <option key={k} value={k}>
                ×{f.number(k)}
              </option>
            ))}
          </select>
        </span>
        <span role="status" className="text-sm text-good">
          {sent === 'sent' && w.board.fault.sent}
        </span>
      </div>
      {error !== null && <Trouble error={error} />}
    </div>
  );
}
