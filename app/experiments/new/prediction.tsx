import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import type { RunFigures } from '../../../server/panel/wire.ts';
import { BoundBar } from '../../ui/bound-bar.tsx';
import { useLive } from '../../ui/live/store.ts';
import { Section } from '../../ui/section.tsx';
import { capital, Trouble } from '../../ui/trouble.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { problemSentence, refusedSentence, warningSentence } from './estimate-words.ts';
import type { EstimateState } from './use-estimate.ts';

interface Props {
  readonly spec: ExperimentSpec | null;
  readonly estimate: EstimateState;
  launch(): void;
  readonly busy: boolean;
  readonly mayLaunch: boolean;
  readonly error: unknown;
}

/** What the simulator expects, beside the button that spends the board's time. */
export function Prediction({
  spec,
  estimate: { estimate, busy: thinking, error: refused },
  launch,
  busy,
  mayLaunch,
  error,
}: Props) {
  const w = useWords();
  const f = useFormat();
  const boards = useLive(({ board }) => board?.boards);
  const unitName = (id: string) => boards?.flatMap((b) => b.units).find((unit) => unit.id === id)?.name ?? id;
  const warnings = estimate?.warnings.map((warning) => warningSentence(warning, unitName, w, f)) ?? [];
  const stream = spec !== null && spec.workload.kind !== 'closed' && spec.workload.kind !== 'offline';
  const runs = spec ? spec.policies.length * spec.repeats : 0;
  return (
    <div className="grid gap-4 max-xl:pb-16 xl:sticky xl:top-[4.75rem]">
      <Section
        title={w.create.estimate}
        hint={w.create.estimateHint}
        aside={thinking && <span className="text-xs text-quiet">{w.create.estimating}</span>}
      >
        <div className="grid min-h-64 content-start gap-3" aria-busy={thinking}>
          {refused !== null && <Trouble error={refusedSentence(refused, w)} />}
          {!estimate && refused === null && !thinking && <p className="text-sm text-quiet">{w.create.estimateWaits}</p>}
          {estimate && (
            <>
              {estimate.perPolicy.map(({ policy, figures, error, problem, highestRatePerS }) => (
                <div key={policy}>
                  <div className="num flex items-baseline justify-between gap-3 text-sm">
                    <span className="font-medium">{policy}</span>
                    {figures && (
                      <span>
                        <b>{f.rate(figures.throughput)}</b>{' '}
                        <span className="text-xs text-quiet">{w.common.perSecond}</span>
                        <span className="ml-3 text-quiet">{f.ms(figures.makespanMs)}</span>
                      </span>
                    )}
                  </div>
                  {figures ? (
                    <>
                      <BoundBar value={figures.throughput} bound={estimate.boundThroughput} />
                      <Promises figures={figures} stream={stream} highestRatePerS={highestRatePerS} />
                    </>
                  ) : (
                    <p className="text-xs text-warn">
                      {problem ? problemSentence(problem, w, f) : error && capital(error)}
                    </p>
                  )}
                </div>
              ))}
              <dl className="num mt-1 grid grid-cols-2 gap-x-4 gap-y-1 border-t border-line pt-3 text-sm">
                <dt className="text-quiet" title={w.create.boundHint}>
                  {w.create.bound}
                </dt>
                <dd className="text-right">
                  {f.rate(estimate.boundThroughput)} {w.common.perSecond}
                </dd>
                <dt className="text-quiet">{w.create.boardTime}</dt>
                <dd className="text-right">
                  {w.create.runCount(runs, f.number(runs))} · {f.clock(estimate.boardTimeMs)}
                </dd>
              </dl>
              {warnings.map((sentence) => (
                <p key={sentence} className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
                  {sentence}
                </p>
              ))}
            </>
          )}
        </div>
      </Section>
      <div className="z-10 max-xl:fixed max-xl:inset-x-0 max-xl:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-xl:border-t max-xl:border-line max-xl:bg-surface max-xl:px-4 max-xl:py-2.5 md:max-xl:bottom-0 md:max-xl:left-52">
        {error !== null && error !== undefined && <Trouble error={error} />}
        {!mayLaunch && <p className="mb-2 text-sm text-quiet">{w.create.viewerOnly}</p>}
        <button
          type="button"
          data-testid="new-launch"
          className="btn btn-primary min-h-12 w-full text-base"
          disabled={!spec || busy || !mayLaunch}
          onClick={launch}
        >
          {busy ? w.create.launching : w.create.launch}
          <kbd className="hidden font-sans text-xs font-medium opacity-80 sm:inline">Ctrl ⏎</kbd>
        </button>
      </div>
    </div>
  );
}

/** What was asked beside speed, where something was. */
function Promises({
  figures,
  stream,
  highestRatePerS,
}: {
  readonly figures: RunFigures;
  /** Arrivals come as they come: what policies differ in is how long jobs wait. */
  readonly stream: boolean;
  readonly highestRatePerS: number | null;
}) {
  const w = useWords();
  const f = useFormat();
  const { latency, query, missRate } = figures;
  const said = [
    ...(latency.p90Ms === undefined ? [] : [`p90 ${f.ms(latency.p90Ms)}`]),
    ...(query ? [`${w.run.queryP99} ${f.ms(query.p99Ms)}`] : []),
    ...(missRate === undefined ? [] : [`${w.run.missed} ${f.share(missRate, 1)}`]),
    ...(stream && !query ? [`p99 ${f.ms(latency.p99Ms)}`] : []),
    ...(highestRatePerS === null
      ? []
      : [highestRatePerS > 0 ? w.create.highestRate(f.rate(highestRatePerS)) : w.create.noRate]),
  ];
  return said.length === 0 ? null : <p className="num mt-1 text-xs text-quiet">{said.join(' · ')}</p>;
}
