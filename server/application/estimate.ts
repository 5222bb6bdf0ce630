import { canRun } from '../hardware/artefact.ts';
import type { Board, UnitSpec } from '../hardware/board.ts';
import { POSTER_RANKS } from '../hardware/simulated/poster.ts';
import { timeIn } from '../hardware/time-in.ts';
import type { ModelId } from '../hardware/unit.ts';
import { capacity } from '../scheduling/capacity.ts';
import { PolicyRefuses, type Refusal } from '../scheduling/policy.ts';
import type { Profile } from '../scheduling/profiler.ts';
import type { Arrivals, TraceJobs } from './arrivals.ts';
import { type ExperimentSpec, totalJobs, type WorkloadSpec } from './experiment.ts';
import type { SwitchCost } from './measure/switching.ts';
import type { RunFigures } from './measures.ts';
import { type OneSlot, oneSlots, type Played } from './one-slot.ts';
import { isPaced } from './paced.ts';
import { bare, type PlatformUnit } from './platform.ts';
import { searchServerRate } from './server-scenario.ts';
import { type Simulation, simulate } from './simulate.ts';
import { type Learnt, switchCostOf } from './switch-costs.ts';
import { firstJobs, traceCounts } from './trace-file.ts';

export interface PolicyEstimate {
  readonly policy: string;
  readonly figures: RunFigures | null;
  /** Why there is no figure. */
  readonly error: string | null;
  /** The same, to be worded in any language; null where it is a sentence that we do not know. */
  readonly problem: EstimateProblem | null;
  /** Of the server scenario: the highest rate at which p99 keeps to its bound; 0 where none does. */
  readonly highestRatePerS: number | null;
}

/** Why a policy has no figure. */
export type EstimateProblem =
  | { readonly code: 'stranded'; readonly jobs: number }
  | { readonly code: 'nothing' }
  | Refusal;

/** What should be known before the board's time is spent. */
export type EstimateWarning =
  | { readonly code: 'unmeasured'; readonly model: string; readonly unit: string }
  | { readonly code: 'nowhere'; readonly model: string }
  | OneSlot
  | { readonly code: 'overload'; readonly ratePerS: number; readonly bound: number }
  /** `policy`: only that one's; left out: every policy's. */
  | { readonly code: 'shortened'; readonly used: number; readonly jobs: number; readonly policy?: string };

/** What the simulator says before any board time is spent. */
export interface ExperimentEstimate {
  readonly perPolicy: readonly PolicyEstimate[];
  /** Most inferences per second that any schedule could reach on these units at this mix. */
  readonly boundThroughput: number;
  /** All runs together, preparation included. */
  readonly boardTimeMs: number;
  readonly warnings: readonly EstimateWarning[];
  /** Mean arrivals per second of a workload that has a rate, whether asked for as a rate or as a load. */
  readonly ratePerS: number | null;
}

/** Preparing a run: loading what is missing, pictures, the hand-shake with each unit. Measured 2026-11, x86, 2 cores: 0.1–0.4 s. */
const PREPARE_MS = 300;
/** A prediction is made with at most so many jobs, and its makespan scaled: it must come while a person types. */
const MOST_JOBS = 20_000;
/** Of all policies' trials together when the highest rate of the server scenario is looked for; each policy takes some twenty. */
const SEARCH_JOBS_OF_ALL = 8000;
/** All policies together; 13 of them take half a second for so many (x86, 2 cores, 2026-11). */
const MOST_JOBS_OF_ALL = 80_000;
/**
 * A stream under `race` is rehearsed by all others every two seconds on what lately arrived: 9000 jobs took 8.6 s, 1200 take
 * 0.4 s, and a search with 8000 stopped the server for 67 s (x86, 2 cores, 2026-11).
 */
const MOST_RACED_JOBS = 1200;
const MOST_RACED_SEARCH_JOBS = 600;

export function estimate(question: {
  readonly spec: ExperimentSpec;
  readonly boards: readonly Board[];
  readonly profiles: readonly Profile[];
  /** What was measured of changing models. */
  readonly switchCosts?: readonly SwitchCost[];
  /** The recorded stream that the workload names, its models in the order of `modelsInOrder`. */
  readonly trace?: TraceJobs | null;
}): ExperimentEstimate {
  const { spec, boards, profiles, switchCosts = [], trace = null } = question;
  const models = modelsInOrder(spec, boards);
  const platform = platformOf(boards, spec.units, models, { profiles, switchCosts });
  const counts = models.map((model) => spec.models.find((m) => m.id === model)?.jobs ?? 0);
  const boundThroughput = capacity(bare(platform, models), counts);
  const { workload } = spec;
  const ratePerS = isPaced(workload) ? (workload.ratePerS ?? (workload.load ?? 0) * boundThroughput) : null;
  const arrivals = arrivalsOf(workload, ratePerS, trace);
  const played: Played[] = [];
  const perPolicy = spec.policies.map((policy) =>
    predict(policy, spec, platform, models, shortWork(spec, counts, arrivals, mostJobs(spec, policy)), played),
  );
  const runMs = perPolicy.reduce((sum, p) => sum + (p.figures?.makespanMs ?? 0) + PREPARE_MS, 0);
  return {
    perPolicy,
    boundThroughput,
    boardTimeMs: (runMs + perPolicy.length * spec.warmUpS * 1000) * spec.repeats,
    warnings: [
      ...shortened(spec),
      ...unmeasured(platform, models, boards),
      ...nowhere(platform, models),
      ...overload(ratePerS, boundThroughput),
      ...oneSlots(platform, models, played),
    ],
    ratePerS,
  };
}

const mostJobs = ({ policies, workload }: ExperimentSpec, policy: string | null): number => {
  const most = Math.min(MOST_JOBS, Math.floor(MOST_JOBS_OF_ALL / policies.length));
  return policy === 'race' && !isBatch(workload) ? Math.min(most, MOST_RACED_JOBS) : most;
};
/** All of it is there at the start: `race` rehearses once. */
const isBatch = ({ kind }: WorkloadSpec): boolean => kind === 'closed' || kind === 'offline';

interface Work {
  readonly counts: readonly number[];
  readonly arrivals: Arrivals;
  /** How many times as many jobs the run will have. */
  readonly scale: number;
}

/** So much of the work as there is time for. */
function shortWork(spec: ExperimentSpec, counts: readonly number[], arrivals: Arrivals, most: number): Work {
  const scale = Math.max(1, totalJobs(spec) / most);
  if (arrivals.kind !== 'trace')
    return { arrivals, scale, counts: counts.map((n) => Math.max(1, Math.round(n / scale))) };
  const jobs = firstJobs(arrivals.jobs, Math.ceil(totalJobs(spec) / scale));
  return { arrivals: { kind: 'trace', jobs }, scale, counts: traceCounts(jobs, counts) };
}

/** What is asked for, with the rate in arrivals per second. */
export function arrivalsOf(workload: WorkloadSpec, ratePerS: number | null, trace: TraceJobs | null): Arrivals {
  switch (workload.kind) {
    case 'poisson':
      return { kind: 'poisson', ratePerS: ratePerS ?? 0 };
    case 'bursts':
      return { kind: 'bursts', ratePerS: ratePerS ?? 0, factor: workload.factor, burstMs: workload.burstMs };
    case 'server':
      return { kind: 'server', ratePerS: ratePerS ?? 0, p99Ms: workload.p99Ms };
    case 'trace':
      if (!trace) throw new Error('a recorded stream was not read before it was asked for');
      return { kind: 'trace', jobs: trace };
    default:
      return workload;
  }
}

/** Deadlines and priorities in the order of the models; nothing where nobody asks. */
export function wishesOf(spec: Pick<ExperimentSpec, 'models'>, models: readonly string[]) {
  const asked = models.map((id) => spec.models.find((model) => model.id === id));
  return {
    ...(asked.some((model) => model?.deadlineMs !== undefined)
      ? { deadlineMs: asked.map((model) => model?.deadlineMs ?? Number.POSITIVE_INFINITY) }
      : {}),
    ...(asked.some((model) => model?.priority !== undefined)
      ? { priority: asked.map((model) => model?.priority ?? 0) }
      : {}),
  };
}

function predict(
  policy: string,
  spec: ExperimentSpec,
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  { counts, arrivals, scale }: Work,
  played: Played[],
): PolicyEstimate {
  const nothing = { policy, figures: null, highestRatePerS: null };
  const asked = {
    platform,
    models,
    counts,
    policy,
    ranks: spec.ranks,
    posterRanks: POSTER_RANKS,
    conditions: { switchMs: spec.switchMs, depth: 1 },
    seed: spec.seed,
    noiseCv: spec.noiseCv,
    ...wishesOf(spec, models),
  };
  try {
    const { figures, failed, trace } = simulate({ ...asked, arrivals });
    if (failed > 0) {
      const error = `${policy} leaves ${failed} jobs that no unit takes`;
      return { ...nothing, error, problem: { code: 'stranded', jobs: failed } };
    }
    if (!figures) return { ...nothing, error: `${policy} finishes nothing`, problem: { code: 'nothing' } };
    played.push({ policy, trace, figures, scale });
    const highestRatePerS =
      arrivals.kind === 'server' ? highestRate(asked, arrivals.p99Ms, searchJobs(spec, policy)) : null;
    return { policy, figures: scaled(figures, scale), error: null, problem: null, highestRatePerS };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return { ...nothing, error: sentence, problem: error instanceof PolicyRefuses ? error.refusal : null };
  }
}

const searchJobs = ({ policies }: ExperimentSpec, policy: string): number =>
  Math.min(SEARCH_JOBS_OF_ALL / policies.length, policy === 'race' ? MOST_RACED_SEARCH_JOBS : Number.POSITIVE_INFINITY);

/** Of a stream of its own length: a short run fills no queue, and would promise more than can be kept. */
function highestRate(asked: Omit<Simulation, 'arrivals'>, p99Ms: number, jobs: number): number {
  const share = jobs / asked.counts.reduce((sum, n) => sum + n, 0);
  const counts = asked.counts.map((n) => Math.max(1, Math.round(n * share)));
  return searchServerRate({ ...asked, counts }, p99Ms).ratePerS;
}

function scaled(figures: RunFigures | null, scale: number): RunFigures | null {
  if (!figures || scale === 1) return figures;
  return { ...figures, jobs: Math.round(figures.jobs * scale), makespanMs: figures.makespanMs * scale };
}

/** The spec's models in the order in which the boards list them. */
export function modelsInOrder(spec: Pick<ExperimentSpec, 'models'>, boards: readonly Board[]): ModelId[] {
  const order = [...new Set(boards.flatMap((board) => board.models))];
  const place = (model: ModelId) => (order.includes(model) ? order.indexOf(model) : order.length);
  return spec.models.map((m) => m.id as ModelId).sort((a, b) => place(a) - place(b));
}

/** The chosen units in board order, real ones with what the profiler knows of them. */
export function platformOf(
  boards: readonly Board[],
  chosen: readonly string[],
  models: readonly ModelId[],
  learnt: Learnt & { readonly profiles: readonly Profile[] },
): PlatformUnit[] {
  return boards.flatMap((board) =>
    board.units
      .filter((unit) => chosen.includes(unit.id))
      .map((unit) => ({
        id: unit.id,
        precision: unit.precision,
        source: unit.source,
        modelSlots: unit.modelSlots,
        switchMs: switchCostOf(unit, models, learnt),
        latencyMs: unit.latencyMs ?? measured(unit, models, learnt.profiles),
        poster: board.id === 'tinker' ? unit.id.slice('tinker.'.length) : null,
      })),
  );
}

function measured(
  unit: UnitSpec,
  models: readonly ModelId[],
  profiles: readonly Profile[],
): Record<string, number | null> {
  const meanMs = (model: string) => profiles.find((p) => p.unit === unit.id && p.model === model)?.meanMs ?? null;
  return Object.fromEntries(models.map((model) => [model, canRun(unit, model) ? meanMs(model) : null]));
}

/** Latencies of the whole will be longer where a queue grows. */
function shortened(spec: ExperimentSpec): EstimateWarning[] {
  const jobs = totalJobs(spec);
  const raced = spec.policies.includes('race') ? ['race'] : [];
  return [null, ...raced].flatMap((policy) => {
    const used = mostJobs(spec, policy);
    const said = policy !== null && used === mostJobs(spec, null);
    return used >= jobs || said
      ? []
      : [{ code: 'shortened' as const, used, jobs, ...(policy === null ? {} : { policy }) }];
  });
}

/** The prediction leaves these pairs out. */
function unmeasured(
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  boards: readonly Board[],
): EstimateWarning[] {
  const real = boards.flatMap((board) => board.units.filter((unit) => unit.latencyMs === null));
  const able = (id: string, model: string) => real.some((unit) => unit.id === id && canRun(unit, model));
  return platform
    .filter(({ id }) => real.some((unit) => unit.id === id))
    .flatMap((unit) =>
      models
        .filter((model) => able(unit.id, model) && timeIn(unit.latencyMs, model) === null)
        .map((model) => ({ code: 'unmeasured', model, unit: unit.id }) as const),
    );
}

function nowhere(platform: readonly PlatformUnit[], models: readonly ModelId[]): EstimateWarning[] {
  return models
    .filter((model) => platform.every((unit) => timeIn(unit.latencyMs, model) === null))
    .map((model) => ({ code: 'nowhere', model }));
}

/** The queue will grow to the end. */
function overload(ratePerS: number | null, bound: number): EstimateWarning[] {
  if (ratePerS === null || ratePerS <= bound || bound === 0) return [];
  return [{ code: 'overload', ratePerS, bound }];
}
