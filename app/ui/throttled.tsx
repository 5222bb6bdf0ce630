import { useFormat } from './words/format.ts';
import { useWords } from './words/language.ts';

/** On every run that heat held back: its figures are not the board's best. `ms`: for how long; null where it is not known yet. */
export function Throttled({ ms }: { readonly ms: number | null }) {
  const w = useWords();
  const f = useFormat();
  return (
    <span
      className="chip bg-warn-soft text-warn"
      data-testid="throttled-badge"
      title={ms === null ? w.toasts.throttled : w.run.throttledFor(f.ms(ms))}
    >
      <i aria-hidden="true" className="text-[0.625rem] not-italic">
        ▲
      </i>
      {w.run.noteKind.throttled}
    </span>
  );
}

/** Where a run's whole story is not at hand. */
export const ThrottledRun = ({ run }: { readonly run: { readonly throttledMs: number | null } }) =>
  run.throttledMs ? <Throttled ms={run.throttledMs} /> : null;
