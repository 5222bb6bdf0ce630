import type { Estimate } from '../../../server/panel/wire.ts';
import { BoundBar } from '../../ui/bound-bar.tsx';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';
import { type Format, useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { problemSentence } from './estimate-words.ts';

type Predicted = Estimate['perPolicy'][number];

interface Props {
  readonly predicted: Predicted;
  /** Inferences per second that no schedule exceeds. */
  readonly bound: number;
  readonly fastest: boolean;
  /** Arrivals come as they come: what policies differ in is how long jobs wait. */
  readonly stream: boolean;
  onRate(ratePerS: number): void;
}

/** What one policy would come to. */
export function PredictedPolicy({ predicted, bound, fastest, stream, onRate }: Props) {
  const w = useWords();
  const f = useFormat();
  const { policy, figures, error, problem, highestRatePerS } = predicted;
  const said = figures ? promises(predicted, stream, w, f) : [];
  return (
    <div>
      <div className="num flex items-baseline justify-between gap-3 text-sm">
        <span className="flex min-w-0 items-baseline gap-2 font-medium">
          {policy}
          {fastest && <span className="chip bg-good-soft text-good">{w.create.fastest}</span>}
        </span>
        {figures && (
          <span>
            <b>{f.rate(figures.throughput)}</b> <span className="text-xs text-quiet">{w.common.perSecond}</span>
            <span className="ml-3 text-quiet">{f.ms(figures.makespanMs)}</span>
          </span>
        )}
      </div>
      {figures ? (
        <BoundBar value={figures.throughput} bound={bound} />
      ) : (
        <p className="text-xs text-warn">{problem ? problemSentence(problem, w, f) : error && capital(error)}</p>
      )}
      {said.length > 0 && <p className="num mt-1 text-xs text-quiet">{said.join(' · ')}</p>}
      {highestRatePerS !== null && highestRatePerS > 0 && (
        <button
          type="button"
          className="btn btn-quiet min-h-8 px-2 text-xs"
          aria-label={w.create.takeRateOf(policy)}
          onClick={() => onRate(highestRatePerS)}
        >
          {w.create.takeRate}
        </button>
      )}
    </div>
  );
}

/** What was asked beside speed, where something was; and what changing models costs. */
function promises({ figures, highestRatePerS }: Predicted, stream: boolean, w: Words, f: Format): string[] {
  if (!figures) return [];
  const { latency, query, missRate, switches } = figures;
  return [
    ...(latency.p90Ms === undefined ? [] : [`p90 ${f.ms(latency.p90Ms)}`]),
    ...(query ? [`${w.run.queryP99} ${f.ms(query.p99Ms)}`] : []),
    ...(missRate === undefined ? [] : [`${w.run.missed} ${f.share(missRate, 1)}`]),
    ...(stream && !query ? [`p99 ${f.ms(latency.p99Ms)}`] : []),
    ...(switches > 0 ? [w.create.switchesSaid(f.number(switches))] : []),
    ...(highestRatePerS === null
      ? []
      : [highestRatePerS > 0 ? w.create.highestRate(f.rate(highestRatePerS)) : w.create.noRate]),
  ];
}
