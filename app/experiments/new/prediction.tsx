import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import type { Estimate } from '../../../server/panel/wire.ts';
import { later } from '../../ui/later.tsx';
import { isGuest, useLive } from '../../ui/live/store.ts';
import { Section } from '../../ui/section.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useModelName } from '../../ui/use-model-name.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { refusedSentence, warningSentence } from './estimate-words.ts';
import { unitWarnings } from './unit-warnings.ts';
import type { EstimateState } from './use-estimate.ts';

/** Fetched while the simulator predicts. */
const PredictedPolicy = later(() => import('./predicted-policy.tsx').then((module) => module.PredictedPolicy));

interface Props {
  readonly spec: ExperimentSpec | null;
  readonly estimate: EstimateState;
  /** Somebody wants this many arrivals a second. */
  onRate(ratePerS: number): void;
}

/** What the simulator expects, before any board time is spent. */
export function Prediction({ spec, estimate: { estimate, busy, error }, onRate }: Props) {
  const w = useWords();
  const guest = useLive(isGuest);
  const warnings = useWarnings(spec, estimate);
  const stream = spec !== null && spec.workload.kind !== 'closed' && spec.workload.kind !== 'offline';
  return (
    <Section
      title={w.create.estimate}
      hint={w.create.estimateHint}
      aside={busy && <span className="text-xs text-quiet">{w.create.estimating}</span>}
    >
      <div className="grid min-h-64 content-start gap-3" aria-busy={busy}>
        {error !== null && <Trouble error={refusedSentence(error, w)} />}
        {!estimate && error === null && !busy && (
          <p className="text-sm text-quiet">{guest ? w.create.guestOnly : w.create.estimateWaits}</p>
        )}
        {estimate && (
          <>
            {estimate.perPolicy.map((predicted) => (
              <PredictedPolicy
                key={predicted.policy}
                predicted={predicted}
                bound={estimate.boundThroughput}
                fastest={!stream && isFastest(predicted, estimate)}
                stream={stream}
                onRate={onRate}
              />
            ))}
            <Sums estimate={estimate} runs={spec ? spec.policies.length * spec.repeats : 0} />
          </>
        )}
        {warnings.map((sentence) => (
          <p
            key={sentence}
            data-testid="estimate-warning"
            className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn"
          >
            {sentence}
          </p>
        ))}
      </div>
    </Section>
  );
}

/** What the simulator warns of, after what the units say of themselves. */
function useWarnings(spec: ExperimentSpec | null, estimate: Estimate | null): string[] {
  const w = useWords();
  const f = useFormat();
  const modelName = useModelName();
  const boards = useLive(({ board }) => board?.boards);
  const live = useLive(({ state }) => state?.units);
  const units = boards?.flatMap((board) => board.units) ?? [];
  const unitName = (id: string) => units.find((unit) => unit.id === id)?.name ?? id;
  return [
    ...unitWarnings(spec?.units ?? [], units, live ?? [], w),
    ...(estimate?.warnings.map((warning) => warningSentence(warning, { unitName, modelName }, w, f)) ?? []),
  ];
}

/** Of two that come to the same neither is. */
function isFastest({ figures }: Estimate['perPolicy'][number], { perPolicy }: Estimate): boolean {
  const rate = figures?.throughput ?? 0;
  const others = perPolicy.filter((other) => other.figures && other.figures !== figures);
  return others.length > 0 && others.every((other) => (other.figures?.throughput ?? 0) < rate * 0.9995);
}

function Sums({ estimate, runs }: { readonly estimate: Estimate; readonly runs: number }) {
  const w = useWords();
  const f = useFormat();
  return (
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
  );
}
