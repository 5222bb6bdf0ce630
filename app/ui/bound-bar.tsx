import { useFormat } from './words/format.ts';
import { useWords } from './words/language.ts';

/** A throughput against the most that any schedule could reach. */
export function BoundBar({ value, bound }: { readonly value: number; readonly bound: number }) {
  const w = useWords();
  const f = useFormat();
  const share = bound > 0 ? Math.min(1, value / bound) : 0;
  return (
    <div className="flex items-center gap-3">
      <div className="relative h-2.5 min-w-0 flex-1 rounded-sm bg-track" role="presentation">
        <div className="h-full origin-left rounded-sm bg-accent" style={{ width: `${share * 100}%` }} />
        <i className="absolute -top-0.5 right-0 h-3.5 w-0.5 bg-text" />
      </div>
      <span className="num min-w-28 shrink-0 text-right text-xs whitespace-nowrap text-quiet">
        {w.run.ofBound(f.share(share))}
      </span>
    </div>
  );
}
