import type { SourceMix } from '../../server/panel/wire.ts';
import { useWords } from './words/language.ts';

/** On everything that a simulated unit touched. */
export function Simulated({ source }: { readonly source: SourceMix }) {
  const w = useWords();
  if (source === 'hardware') return null;
  return (
    <span
      data-testid="simulated-badge"
      title={w.common.simulatedHint}
      className="chip bg-sim-soft text-[0.6875rem] font-semibold tracking-wide text-sim"
    >
      {source === 'mixed' ? w.common.mixed : w.common.simulated}
    </span>
  );
}

/** Where there is no room for the word; the word itself stands on the same page. */
export function SimulatedMark() {
  const w = useWords();
  return (
    <span
      title={`${w.common.simulated}: ${w.common.simulatedHint}`}
      className="shrink-0 text-2xs font-semibold text-sim"
    >
      SIM
    </span>
  );
}
