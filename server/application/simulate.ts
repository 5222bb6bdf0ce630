import { type Drift, slowness } from '../hardware/simulated/drift.ts';
import type { Outage } from '../hardware/simulated/outage.ts';
import { createServiceTime } from '../hardware/simulated/service-time.ts';
import type { ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { apportion } from '../scheduling/interleave.ts';
import { createPolicy } from '../scheduling/policies/index.ts';
import { createProfiler, type KnownProfile, type Profiler } from '../scheduling/profiler.ts';
import { createVirtualClock } from '../scheduling/virtual-clock.ts';
import { createVirtualDriver } from '../scheduling/virtual-driver.ts';
import { type Arrivals, isBatch, measuringOf } from './arrivals.ts';
import { figuresOf, type RunFigures } from './measures.ts';
import {
  type Conditions,
  type ExpectedWork,
  type PlatformUnit,
  policyOptions,
  type Ranks,
  unitsOf,
} from './platform.ts';
import { createPowerCuts } from './power-cuts.ts';
import { type Run, startRun } from './run.ts';
import type { TraceColumns } from './trace.ts';
import { workloadOf } from './workload.ts';

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
  /** How long after its arrival a job of each model should have ended, in model order; infinite where nobody asks. */
  readonly deadlineMs?: readonly number[];
  /** Of each model, 0 to 255; higher goes first where the policy heeds it. */
  readonly priority?: readonly number[];
  /** Units that slow down; the profile is not told. */
  readonly drifts?: readonly Drift[];
  /** Units that are away for a while. */
  readonly outages?: readonly Outage[];
  /** Set: nothing is known of service times at the start but these weights, such as parameters, of each model in order. */
  readonly cold?: readonly number[];
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
  const { platform, models, counts, arrivals, seed, noiseCv, drifts = [], outages = [] } = simulation;
  const mix = simulation.mix ?? counts;
  const units = unitsOf(platform, models, mix, simulation.conditions);
  const clock = createVirtualClock();
  const row = (unit: ProcessingUnit) => platform.find((p) => p.id === unit.id)!.latencyMs; // units are made from the platform
  const drivers = new Map(
    units.map((unit) => {
      const service = createServiceTime(unit.id, row(unit), seed, noiseCv);
      return [unit.id, createVirtualDriver(unit, service, clock, slowness(drifts, unit.id))];
    }),
  );
  const profiler = profilerOf(simulation);
  const cuts = createPowerCuts(outages, clock, drivers);
  const wishes = { withinMs: simulation.deadlineMs, priority: simulation.priority };
  const run = startRun({
    clock,
    models,
    units: units.map((unit) => ({ unit, driver: drivers.get(unit.id)! })), // one per unit
    workload: workloadOf(arrivals, counts, mix, seed, wishes),
    policy: createPolicy(simulation.policy, optionsOf(simulation, units, profiler)),
    profiler,
    ...(simulation.stopwatch ? { stopwatch: simulation.stopwatch } : {}),
    explained: simulation.explained ?? false,
    mayReturn: cuts.mayReturn,
    ended: () => {},
  });
  cuts.begin(run);
  clock.run();
  return outcome(run, simulation);
}

function outcome(run: Run, { platform, models, arrivals }: Simulation): Simulated {
  const trace = run.recorder.since(0);
  const { asked, spentUs } = run.engine.scheduler;
  return {
    trace,
    failed: run.failed,
    figures: figuresOf(trace, { units: platform.map((u) => u.id), models, ...measuringOf(arrivals, run.total) }),
    decisions: asked,
    decisionUs: asked === 0 ? 0 : spentUs / asked,
  };
}

/** The table as a profile; of a cold start, only what the weights let one guess. */
function profilerOf({ platform, models, cold }: Simulation): Profiler {
  if (!cold) return createProfiler(givenProfiles(platform, models));
  return createProfiler([], {
    units: platform.map((unit) => unit.id),
    weight: new Map(models.map((model, m) => [model, cold[m]!])), // one weight per model
  });
}

function optionsOf(simulation: Simulation, units: readonly ProcessingUnit[], profiler: Profiler) {
  const { platform, models, ranks, posterRanks, cold } = simulation;
  const guess = (model: ModelId, unit: UnitId) => profiler.profile(model, unit)?.meanMs ?? null;
  return policyOptions(platform, units, models, expected(simulation), ranks, posterRanks, cold && guess);
}

/** What a policy may know of the work before it comes: the batch itself, or a thousand jobs of the stream's mix. */
export function expected({ arrivals, counts, mix }: Pick<Simulation, 'arrivals' | 'counts' | 'mix'>): ExpectedWork {
  if (isBatch(arrivals)) return { jobs: counts, mix };
  const share = mix ?? counts;
  return { jobs: apportion(1000, share).map((n, m) => (share[m]! > 0 ? Math.max(1, n) : 0)), mix: share }; // one share per model
}

/** The table as a profile: what a simulated unit says of itself before anything was measured. */
export function givenProfiles(
  platform: readonly Pick<PlatformUnit, 'id' | 'latencyMs'>[],
  models: readonly ModelId[],
): KnownProfile[] {
  return platform.flatMap((unit) =>
    models.flatMap((model) => {
      const meanMs = Object.hasOwn(unit.latencyMs, model) ? unit.latencyMs[model] : null;
      return meanMs == null
        ? []
        : [{ model, unit: unit.id, meanMs, p95Ms: meanMs, loadMs: 0, samples: 1, source: 'given' as const }];
    }),
  );
}
