import type { ExperimentView, RunView } from '../../../server/panel/wire.ts';
import { type Interval, tInterval } from '../../../server/scheduling/t-interval.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

const FIGURES = ['throughput', 'makespanMs', 'meanMs', 'p99Ms', 'utilisation', 'missRate'] as const;
type Figure = (typeof FIGURES)[number];

/** Each policy's mean over its repeats. Percentiles of runs are averaged as figures of a run, never mixed. */
export function PerPolicy({ experiment }: { readonly experiment: ExperimentView }) {
  const w = useWords();
  const f = useFormat();
  const { policies, repeats } = experiment.spec;
  const done = experiment.runs.filter((run) => run.status === 'done');
  const rows = policies.map((policy) => ({ policy, runs: done.filter((run) => run.policy === policy) }));
  const top = scaleOf(rows.map(({ runs }) => tInterval(valuesOf(runs, 'throughput'))));
  const show: Record<Figure, (value: number) => string> = {
    throughput: f.rate,
    makespanMs: f.ms,
    meanMs: f.ms,
    p99Ms: f.ms,
    utilisation: (share) => f.share(share, 1),
    missRate: (share) => f.share(share, 1),
  };
  const names: Record<Figure, string> = {
    throughput: w.common.perSecond,
    makespanMs: w.run.makespan,
    meanMs: w.run.mean,
    p99Ms: 'p99',
    utilisation: w.run.utilisation,
    missRate: w.run.missed,
  };
  /** Deadlines are seldom asked for. */
  const figures = FIGURES.filter((figure) => figure !== 'missRate' || done.some((run) => run.missRate !== null));
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
              {figures.map((figure) => (
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
                {figures.map((figure) => {
                  const interval = tInterval(valuesOf(runs, figure));
                  return (
                    <td key={figure} className="num">
                      {interval ? (
                        <>
                          <b className="font-semibold">{show[figure](interval.mean)}</b>
                          {repeats > 1 && (
                            <span className="text-quiet">
                              {' '}
                              ± {interval.half === null ? w.common.none : show[figure](interval.half)}
                            </span>
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

/** An interval that is wider than the track ends in an arrow there. */
function Whisker({ interval, top }: { readonly interval: Interval | null; readonly top: number }) {
  const at = (value: number) => `${(Math.min(top, Math.max(0, value)) / (top || 1)) * 100}%`;
  const half = interval?.half ?? 0;
  const low = (interval?.mean ?? 0) - half;
  const high = (interval?.mean ?? 0) + half;
  return (
    <div aria-hidden="true" className="relative h-4 overflow-hidden rounded-sm bg-track">
      {interval && <div className="h-full rounded-sm bg-accent/60" style={{ width: at(interval.mean) }} />}
      {interval && half > 0 && (
        <>
          <i
            className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-text"
            style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }}
          />
          <WhiskerEnd at={at(low)} out={low < 0 ? 'left' : null} />
          <WhiskerEnd at={at(high)} out={high > top ? 'right' : null} />
        </>
      )}
    </div>
  );
}

function WhiskerEnd({ at, out }: { readonly at: string; readonly out: 'left' | 'right' | null }) {
  if (out === null)
    return <i className="absolute top-1/2 h-2 w-0.5 -translate-x-1/2 -translate-y-1/2 bg-text" style={{ left: at }} />;
  return (
    <svg
      viewBox="0 0 6 10"
      aria-hidden="true"
      className={`absolute top-1/2 h-2.5 w-1.5 -translate-y-1/2 fill-text ${out === 'left' ? 'left-0' : 'right-0 rotate-180'}`}
    >
      <path d="M6 0v10L0 5z" />
    </svg>
  );
}

/** Room for every mean and for intervals of a reasonable width; one that is very wide would leave nothing else to see. */
function scaleOf(intervals: readonly (Interval | null)[]): number {
  const means = Math.max(0, ...intervals.map((interval) => interval?.mean ?? 0));
  const highs = Math.max(0, ...intervals.map((interval) => (interval ? interval.mean + (interval.half ?? 0) : 0)));
  return Math.min(highs * 1.01, means * 1.5);
}

const valuesOf = (runs: readonly RunView[], figure: Figure): number[] =>
  runs.map((run) => run[figure]).filter((value) => value !== null);
