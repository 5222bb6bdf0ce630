import type { Arrivals } from '../../server/application/arrivals.ts';
import { boundOn, optimumOf, phaseBoundOf } from '../../server/application/limits.ts';
import type { PlatformUnit } from '../../server/application/platform.ts';
import { type Simulation, simulate } from '../../server/application/simulate.ts';
import { POSTER_PARAMETERS } from '../../server/hardware/simulated/poster.ts';
import { createRandom } from '../../server/hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../../server/hardware/unit.ts';
import { apportion } from '../../server/scheduling/interleave.ts';
import { policyNames } from '../../server/scheduling/policies/index.ts';
import { POSTER_MODELS, posterSimulation } from '../../server/test/drawing.ts';
import { median } from './median.ts';

// What the scheduler is measured by: simulated, on the poster's board at four mixes and on random tables.

export const MIXES = [
  [1, 1, 1],
  [8, 1, 1],
  [1, 8, 1],
  [1, 1, 8],
];
const SWITCHES = [0, 500, 'forbidden'] as const;
export const round = (value: number, digits = 4): number => Number(value.toFixed(digits));

export const asked = (
  policy: string,
  mix: readonly number[],
  jobs: number,
  over: Partial<Simulation> = {},
): Simulation => posterSimulation(policy, 0, { counts: apportion(jobs, mix), mix, ...over });

export const makespan = (simulation: Simulation): number =>
  simulate(simulation).figures?.makespanMs ?? Number.POSITIVE_INFINITY;

/** Closed makespan of `fluid` over the exact optimum, 30 / 300 / 3000 jobs at every mix and switch cost. */
export function benchClosed() {
  const cells = SWITCHES.flatMap((switchMs) =>
    MIXES.flatMap((mix) =>
      [30, 300, 3000].map((jobs) => {
        const simulation = asked('fluid', mix, jobs, { conditions: { switchMs, depth: 1 } });
        const optimum = optimumOf(simulation)?.makespanMs ?? null;
        return {
          switchMs,
          mix: mix.join(':'),
          jobs,
          ratio: optimum === null ? null : round(makespan(simulation) / optimum, 6),
        };
      }),
    ),
  );
  return {
    worst: Math.max(...cells.map((cell) => cell.ratio ?? 0)),
    unproved: cells.filter((cell) => cell.ratio === null).length,
    cells,
  };
}

/** Closed makespan of `fluid` over the linear program's bound on random tables: 2 to 5 units, 2 to 5 models, 300 jobs. */
export function benchTables(tables = 150) {
  const ratios = Array.from({ length: tables }, (_, seed) => {
    const simulation = randomTable(seed);
    const bound = boundOn(simulation).throughput;
    return (makespan(simulation) * bound) / 1000 / simulation.counts.reduce((sum, n) => sum + n, 0);
  });
  const geometric = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / tables);
  return { tables, geometricMean: round(geometric), worst: round(Math.max(...ratios)) };
}

function randomTable(seed: number): Simulation {
  const random = createRandom('tables', seed);
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const models = Array.from({ length: between(2, 5) }, (_, m) => `m${m}` as ModelId);
  const weight = models.map(() => 4 ** random());
  const platform: PlatformUnit[] = Array.from({ length: between(2, 5) }, (_, u) => {
    const speed = 8 ** random();
    const latencyMs = Object.fromEntries(models.map((model, m) => [model, 5 * weight[m]! * speed * 3 ** random()])); // a weight per model
    return {
      id: `u${u}` as UnitId,
      precision: 'fp32',
      source: 'simulated',
      modelSlots: null,
      switchMs: 0,
      latencyMs,
      poster: null,
    };
  });
  const mix = models.map(() => between(1, 8));
  return asked('fluid', mix, 300, {
    platform,
    models,
    ranks: 'profiler',
    posterRanks: {},
    conditions: { switchMs: 'table', depth: 1 },
  });
}

export const STREAM = { noiseCv: 0.1, conditions: { switchMs: 500, depth: 1 } } as const;
/** The most that the board can keep up with, inferences per second. */
export const capacityAt = (mix: readonly number[]): number => boundOn(asked('fluid', mix, 1000)).throughput;
export const poisson = (mix: readonly number[], load: number): Arrivals => ({
  kind: 'poisson',
  ratePerS: load * capacityAt(mix),
});

/** p99 of `fluid` over that of `sufferage` and `mct` on the same arrivals; medians over the seeds. */
export function benchStreams(seeds = 15, jobs = 10_000) {
  return MIXES.flatMap((mix) =>
    [0.5, 0.7, 0.9, 0.95].map((load) => {
      const p99 = (policy: string, seed: number) =>
        simulate(asked(policy, mix, jobs, { ...STREAM, arrivals: poisson(mix, load), seed })).figures?.latency.p99Ms ??
        Number.NaN;
      const runs = Array.from({ length: seeds }, (_, seed) => ({
        fluid: p99('fluid', seed + 1),
        sufferage: p99('sufferage', seed + 1),
        mct: p99('mct', seed + 1),
      }));
      const ratio = (over: (run: (typeof runs)[number]) => number) =>
        round(median(runs.map((run) => run.fluid / over(run))), 3);
      return {
        mix: mix.join(':'),
        load,
        fluidP99Ms: round(median(runs.map((run) => run.fluid)), 1),
        toSufferage: ratio((run) => run.sufferage),
        toMct: ratio((run) => run.mct),
        toBetter: ratio((run) => Math.min(run.sufferage, run.mct)),
      };
    }),
  );
}

/** 9000 jobs while the NPU takes twice as long from 20 to 60 s and the Coral 1.5 times from 40 to 80 s, over the phase-wise bound. */
export function benchDrift() {
  const drifts = [
    { unit: 'npu', fromMs: 20_000, toMs: 60_000, factor: 2 },
    { unit: 'coral', fromMs: 40_000, toMs: 80_000, factor: 1.5 },
  ];
  const of = (policy: string, noiseCv: number) => {
    const simulation = asked(policy, [1, 1, 1], 9000, { ...STREAM, noiseCv, drifts });
    return round(makespan(simulation) / (phaseBoundOf(simulation)?.makespanMs ?? Number.NaN));
  };
  return { noise0: of('fluid', 0), noise10: of('fluid', 0.1), sufferage: of('sufferage', 0), mct: of('mct', 0) };
}

/** From parameter counts alone, over the exact optimum. */
export function benchCold() {
  const cold = POSTER_MODELS.map((model) => POSTER_PARAMETERS[model] ?? 1);
  return [30, 300, 3000].map((jobs) => {
    const simulation = asked('fluid', [1, 1, 1], jobs, { cold });
    return { jobs, ratio: round(makespan(simulation) / (optimumOf(simulation)?.makespanMs ?? Number.NaN)) };
  });
}

export const DEADLINES = [50, 150, 250];

/** Share of requests that miss 50 / 150 / 250 ms, 1:1:1. */
export function benchDeadlines(jobs = 10_000) {
  return [0.5, 0.8, 0.9, 0.95, 1.1].map((load) => {
    const missed = (policy: string) =>
      simulate(
        asked(policy, [1, 1, 1], jobs, {
          ...STREAM,
          arrivals: poisson([1, 1, 1], load),
          deadlineMs: DEADLINES,
          seed: 1,
        }),
      ).figures?.missRate ?? 1;
    const others = policyNames().filter((name) => !['fluid', 'deadline', 'race'].includes(name));
    const best = others
      .map((policy) => ({ policy, missRate: missed(policy) }))
      .reduce((a, b) => (b.missRate < a.missRate ? b : a));
    const own = missed('deadline');
    return {
      load,
      deadline: round(own),
      best: best.policy,
      bestMissRate: round(best.missRate),
      ratio: round(own / best.missRate, 3),
    };
  });
}
