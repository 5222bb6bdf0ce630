import type { ExperimentView, RunView } from '../../../server/panel/wire.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { type Interval, tInterval } from '../../ui/t-interval.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

const FIGURES = ['throughput', 'makespanMs', 'meanMs', 'p99Ms', 'utilisation'] as const;
type Figure = (typeof FIGURES)[number];

/** Each policy's mean over its repeats. Percentiles of runs are averaged as figures of a run, never mixed. */
export function PerPolicy({ experiment }: { readonly experiment: ExperimentView }) {
  const w = useWords();
  const f = useFormat();
  const { policies, repeats } = experiment.spec;
  const done = experiment.runs.filter((run) => run.status === 'done');
  const rows = policies.map((policy) => ({ policy, runs: done.filter((run) => run.policy === policy) }));
  const top = Math.max(...rows.map(({ runs }) => high(tInterval(valuesOf(runs, 'throughput')))), 0);
  const show: Record<Figure, (value: number) => string> = {
    throughput: f.rate,
    makespanMs: f.ms,
    meanMs: f.ms,
    p99Ms: f.ms,
    utilisation: (share) => f.share(share, 1),
  };
  const names: Record<Figure, string> = {
    throughput: w.common.perSecond,
    makespanMs: w.run.makespan,
    meanMs: w.run.mean,
    p99Ms: 'p99',
    utilisation: w.run.utilisation,
  };
  return (
    <Section
      title={w.experiments.perPolicy}
      hint={repeats > 1 ? w.experiments.interval : w.experiments.oneRepeat}
      flush
    >
      <ScrollX name={w.experiments.perPolicy}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.runs.policy}</th>
              <th scope="col" className="num">
                {w.experiments.n}
              </th>
              <th scope="col" className="w-[28%] min-w-40">
                <span className="sr-only">{w.run.throughput}</span>
              </th>
              {FIGURES.map((figure) => (
                <th key={figure} scope="col" className="num">
                  {names[figure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ policy, runs }) => (
              <tr key={policy}>
                <th scope="row">{policy}</th>
                <td className="num">{f.number(runs.length)}</td>
                <td>
                  <Whisker interval={tInterval(valuesOf(runs, 'throughput'))} top={top} />
                </td>
                {FIGURES.map((figure) => {
                  const interval = tInterval(valuesOf(runs, figure));
                  return (
                    <td key={figure} className="num">
                      {interval ? (
                        <>
                          <b className="font-semibold">{show[figure](interval.mean)}</b>
                          {interval.half !== null && (
                            <span className="text-quiet"> ± {show[figure](interval.half)}</span>
                          )}
                        </>
                      ) : (
                        w.common.none
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}

function Whisker({ interval, top }: { readonly interval: Interval | null; readonly top: number }) {
  const at = (value: number) => `${(Math.max(0, value) / (top || 1)) * 100}%`;
  const half = interval?.half ?? 0;
  return (
    <div aria-hidden="true" className="relative h-4 rounded-sm bg-track">
      {interval && <div className="h-full rounded-sm bg-accent/60" style={{ width: at(interval.mean) }} />}
      {interval && half > 0 && (
        <i
          className="absolute top-1/2 h-2 -translate-y-1/2 border-x-2 border-text bg-[linear-gradient(var(--text),var(--text))] bg-[length:100%_2px] bg-center bg-no-repeat"
          style={{ left: at(interval.mean - half), width: at(2 * half) }}
        />
      )}
    </div>
  );
}

const valuesOf = (runs: readonly RunView[], figure: Figure): number[] =>
  runs.map((run) => run[figure]).filter((value) => value !== null);
const high = (interval: Interval | null): number => (interval ? interval.mean + (interval.half ?? 0) : 0);
