import type { RunDetail, RunFigures } from '../../../server/panel/wire.ts';
import { BoundBar } from '../../ui/bound-bar.tsx';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

/** Measured against what the simulator said, and against what is possible at all. */
export function Verdict({ run, figures }: { readonly run: RunDetail; readonly figures: RunFigures }) {
  const w = useWords();
  const f = useFormat();
  const { boundThroughput: bound } = run;
  // What was predicted is the whole run; a part of it cannot be held against that.
  const whole = run.status === 'done';
  const predicted = whole ? run.predicted : null;
  const rows: readonly Row[] = [
    [w.run.throughput, figures.throughput, predicted?.throughput, (v) => `${f.rate(v)} ${w.common.perSecond}`],
    [w.run.makespan, figures.makespanMs, predicted?.makespanMs, f.ms],
    [w.run.mean, figures.latency.meanMs, predicted?.latency.meanMs, f.ms],
    ['p50', figures.latency.p50Ms, predicted?.latency.p50Ms, f.ms],
    ...row('p90', figures.latency.p90Ms, predicted?.latency.p90Ms, f.ms),
    ['p95', figures.latency.p95Ms, predicted?.latency.p95Ms, f.ms],
    ['p99', figures.latency.p99Ms, predicted?.latency.p99Ms, f.ms],
    ...row(w.run.queryP99, figures.query?.p99Ms, predicted?.query?.p99Ms, f.ms),
    ...row(w.run.missed, figures.missRate, predicted?.missRate, (share) => f.share(share, 1)),
    [w.run.switches, figures.switches, predicted?.switches, f.number],
  ];
  return (
    <Section title={w.run.verdict} anchor="summary" {...(whole ? {} : { hint: w.compare.partial })} flush>
      {bound !== null && (
        <div className="px-4 pb-3">
          <BoundBar value={figures.throughput} bound={bound} />
          <p className="num mt-1 text-xs text-quiet" title={w.create.boundHint}>
            {w.run.boundRow}: {f.rate(bound)} {w.common.perSecond}
          </p>
        </div>
      )}
      {run.spec.workload.kind === 'server' && (
        <ServerVerdict p99Ms={figures.latency.p99Ms} boundMs={run.spec.workload.p99Ms} />
      )}
      <ScrollX name={w.run.verdict}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.run.figure}</th>
              <th scope="col" className="num">
                {w.run.measured}
              </th>
              <th scope="col" className="num">
                {w.run.predicted}
              </th>
              <th scope="col" className="num">
                {w.run.difference}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, measured, expected, show]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="num font-semibold">{show(measured)}</td>
                <td className="num text-quiet">{expected === undefined ? f.number(null) : show(expected)}</td>
                <td className="num text-quiet">{signed(measured, expected, f.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}

type Row = readonly [
  name: string,
  measured: number,
  predicted: number | undefined,
  show: (value: number | undefined) => string,
];

/** A figure that only some runs have. */
const row = (name: string, measured: number | undefined, predicted: number | undefined, show: Row[3]): Row[] =>
  measured === undefined ? [] : [[name, measured, predicted, show]];

/** Whether MLPerf's server scenario was passed at this rate. */
function ServerVerdict({ p99Ms, boundMs }: { readonly p99Ms: number; readonly boundMs: number }) {
  const w = useWords();
  const f = useFormat();
  const kept = p99Ms <= boundMs;
  return (
    <p className={`mx-4 mb-3 rounded-lg px-3 py-2 text-sm ${kept ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}>
      {kept ? w.run.p99Kept(f.ms(p99Ms), f.ms(boundMs)) : w.run.p99Broken(f.ms(p99Ms), f.ms(boundMs))}
    </p>
  );
}

function signed(
  measured: number,
  expected: number | undefined,
  share: (value: number | null, digits: number) => string,
) {
  if (!expected) return share(null, 1);
  const off = measured / expected - 1;
  return `${off >= 0 ? '+' : '−'}${share(Math.abs(off), 1)}`;
}
