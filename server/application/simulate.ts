import { createServiceTime } from '../hardware/simulated/service-time.ts';
import type { ModelId, ProcessingUnit } from '../hardware/unit.ts';
import { apportion } from '../scheduling/interleave.ts';
import { createPolicy } from '../scheduling/policies/index.ts';
import { createProfiler, type KnownProfile } from '../scheduling/profiler.ts';
import { createVirtualClock } from '../scheduling/virtual-clock.ts';
import { createVirtualDriver } from '../scheduling/virtual-driver.ts';
import { figuresOf, type RunFigures } from './measures.ts';
import {
  type Conditions,
  type ExpectedWork,
  type PlatformUnit,
  policyOptions,
  type Ranks,
  unitsOf,
} from './platform.ts';
import { startRun } from './run.ts';
import type { TraceColumns } from './trace.ts';
import { type Arrivals, firstMeasuredJob, workloadOf } from './workload.ts';

/** One run on a virtual clock. */
export interface Simulation {
  readonly platform: readonly PlatformUnit[];
  readonly models: readonly ModelId[];
  /** Jobs of each model, in the order of `models`. */
  readonly counts: readonly number[];
  /** The mix they were made from; the counts themselves where left out. */
  readonly mix?: readonly number[];
  readonly arrivals: Arrivals;
  readonly policy: string;
  readonly ranks: Ranks;
  readonly posterRanks: Readonly<Record<string, readonly string[]>>;
  readonly conditions: Conditions;
  readonly seed: number;
  readonly noiseCv: number;
  /** Wall-clock milliseconds, where decisions are to be weighed. */
  readonly stopwatch?: () => number;
  /** Whether each decision is recorded with its reason and its alternatives. */
  readonly explained?: boolean;
}

export interface Simulated {
  readonly figures: RunFigures | null;
  readonly trace: TraceColumns;
  readonly failed: number;
  readonly decisions: number;
  readonly decisionUs: number;
}

/** Throws one sentence when the policy cannot serve the platform. Nothing here knows that it is not real. */
export function simulate(simulation: Simulation): Simulated {
  const { platform, models, counts, arrivals, seed, noiseCv } = simulation;
  const mix = simulation.mix ?? counts;
  const jobs = counts.reduce((sum, n) => sum + n, 0);
  const units = unitsOf(platform, models, mix, simulation.conditions);
  const clock = createVirtualClock();
  const row = (unit: ProcessingUnit) => platform.find((p) => p.id === unit.id)!.latencyMs; // units are made from the platform
  const run = startRun({
    clock,
    models,
    units: units.map((unit) => ({
      unit,
      driver: createVirtualDriver(unit, createServiceTime(unit.id, row(unit), seed, noiseCv), clock),
    })),
    workload: workloadOf(arrivals, counts, mix, seed),
    policy: createPolicy(
      simulation.policy,
      policyOptions(platform, units, models, expected(simulation), simulation.ranks, simulation.posterRanks),
    ),
    profiler: createProfiler(givenProfiles(platform, models)),
    ...(simulation.stopwatch ? { stopwatch: simulation.stopwatch } : {}),
    explained: simulation.explained ?? false,
    ended: () => {},
  });
  clock.run();
  const trace = run.recorder.since(0);
  const { asked, spentUs } = run.engine.scheduler;
  return {
    trace,
    failed: run.failed,
    figures: figuresOf(trace, {
      units: units.map((u) => u.id),
      models,
      firstMeasuredJob: firstMeasuredJob(arrivals.kind, jobs),
    }),
    decisions: asked,
    decisionUs: asked === 0 ? 0 : spentUs / asked,
  };
}

/** What a policy may know of the work before it comes: the batch itself, or a thousand jobs of the stream's mix. */
export function expected({ arrivals, counts, mix }: Pick<Simulation, 'arrivals' | 'counts' | 'mix'>): ExpectedWork {
  if (arrivals.kind === 'closed') return { jobs: counts, mix };
  const share = mix ?? counts;
  return { jobs: apportion(1000, share).map((n, m) => (share[m]! > 0 ? Math.max(1, n) : 0)), mix: share }; // one share per model
}

/** The table as a profile: what a simulated unit says of itself before anything was measured. */
export function givenProfiles(platform: readonly PlatformUnit[], models: readonly ModelId[]): KnownProfile[] {
  return platform.flatMap((unit) =>
    models.flatMap((model) => {
      const meanMs = Object.hasOwn(unit.latencyMs, model) ? unit.latencyMs[model] : null;
      return meanMs == null
        ? []
        : [{ model, unit: unit.id, meanMs, p95Ms: meanMs, loadMs: 0, samples: 1, source: 'given' as const }];
    }),
  );
}
