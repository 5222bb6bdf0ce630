import type { RunDetail } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** Throughputs on one scale, each with the bound of its own question. */
export function Bars({ runs }: { readonly runs: readonly RunDetail[] }) {
  const w = useWords();
  const f = useFormat();
  const top = Math.max(...runs.flatMap((run) => [run.throughput ?? 0, run.boundThroughput ?? 0]), 1e-9);
  const at = (value: number) => `${(value / top) * 100}%`;
  return (
    <Section title={w.compare.toBound} hint={w.create.boundHint}>
      <ul className="grid gap-2">
        {runs.map((run) => (
          <li key={run.id} className="num grid grid-cols-[7rem_minmax(0,1fr)_auto] items-center gap-3 text-sm">
            <span className="truncate font-medium">
              #{run.id} {run.policy}
            </span>
            <span aria-hidden="true" className="relative h-5 rounded-sm bg-track">
              <i
                className="absolute inset-y-0 left-0 rounded-sm bg-accent"
                style={{ width: at(run.throughput ?? 0) }}
              />
              {run.boundThroughput !== null && (
                <i
                  className="absolute -inset-y-0.5 w-0.5 -translate-x-full bg-text"
                  style={{ left: at(run.boundThroughput) }}
                />
              )}
            </span>
            <span className="w-32 text-right">
              <b>{f.rate(run.throughput)}</b>
              {run.boundThroughput !== null && run.throughput !== null && (
                <span className="block text-xs text-quiet">
                  {w.run.ofBound(f.share(run.throughput / run.boundThroughput))}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
