import type { Arrivals, TraceJobs } from '../../server/application/arrivals.ts';
import type { RunFigures } from '../../server/application/measures.ts';
import { searchServerRate } from '../../server/application/server-scenario.ts';
import { type Simulation, simulate } from '../../server/application/simulate.ts';
import { createRandom } from '../../server/hardware/simulated/random.ts';
import { apportion } from '../../server/scheduling/interleave.ts';
import { policyNames } from '../../server/scheduling/policies/index.ts';
import { median } from './median.ts';
import { asked, capacityAt, DEADLINES, MIXES, makespan, poisson, round, STREAM } from './study.ts';

/** Miss rates below this are taken for it: of a handful of misses, one more says nothing. */
const LEAST_MISS = 0.001;
/** Of MLPerf's Server scenario. */
const P99_MS = 250;
const SERVER_JOBS = 3000;

interface Workload {
  readonly kind: string;
  readonly over: Partial<Simulation>;
  /** Less is better. */
  readonly figure: (simulation: Simulation) => number;
}

/**
 * `race` over the best single policy on every kind of workload, medians over the seeds: what one pays at most for not having chosen
 * oneself. `worstOfOneSeed` sets each seed against whichever policy happened to be best on that very one.
 */
export function benchRegret(jobs = 6000, seeds = 3) {
  const singles = policyNames().filter((name) => name !== 'race');
  const cells = MIXES.flatMap((mix) => workloads(mix, jobs).map((workload) => ({ mix, ...workload }))).map(
    ({ mix, kind, over, figure }) => {
      const values = (policy: string) =>
        Array.from({ length: seeds }, (_, seed) => figure(asked(policy, mix, jobs, { ...over, seed: seed + 1 })));
      const others = singles.map((policy) => ({ policy, values: values(policy) }));
      const best = others.reduce((a, b) => (median(b.values) < median(a.values) ? b : a));
      const race = values('race');
      const onOneSeed = race.map((value, seed) => value / Math.min(...others.map((other) => other.values[seed]!))); // as many as seeds
      return {
        mix: mix.join(':'),
        kind,
        best: best.policy,
        ratio: round(median(race) / median(best.values), 3),
        worstOfOneSeed: round(Math.max(...onOneSeed), 3),
      };
    },
  );
  return {
    seeds,
    worst: Math.max(...cells.map((cell) => cell.ratio)),
    within5Percent: cells.filter((cell) => cell.ratio <= 1.05).length,
    of: cells.length,
    worstOfOneSeed: Math.max(...cells.map((cell) => cell.worstOfOneSeed)),
    cells,
  };
}

function workloads(mix: readonly number[], jobs: number): Workload[] {
  const noise = { noiseCv: STREAM.noiseCv };
  const open = (kind: string, arrivals: Arrivals): Workload => ({
    kind,
    over: { ...STREAM, arrivals },
    figure: of(({ latency }) => latency.p99Ms),
  });
  const missed = (load: number): Workload => ({
    kind: `missed at ${load}`,
    over: { ...STREAM, arrivals: poisson(mix, load), deadlineMs: DEADLINES },
    figure: of(({ missRate = 1 }) => Math.max(LEAST_MISS, missRate)),
  });
  const ratePerS = 0.5 * capacityAt(mix);
  return [
    { kind: 'closed', over: {}, figure: makespan },
    { kind: 'Offline, noise', over: { ...noise, arrivals: { kind: 'offline' } }, figure: makespan },
    ...[0.5, 0.7, 0.9, 0.95].map((load) => open(`Poisson at ${load}`, poisson(mix, load))),
    open('bursts at 0.5', { kind: 'bursts', ratePerS, factor: 3, burstMs: 1000 }),
    open('trace, mixes change', { kind: 'trace', jobs: changingTrace(jobs) }),
    ...[0.5, 0.8, 0.9, 1.1].map(missed),
    {
      kind: 'SingleStream, p90',
      over: { ...STREAM, arrivals: { kind: 'single-stream' } },
      figure: of(({ latency }) => latency.p90Ms ?? Number.POSITIVE_INFINITY),
    },
    {
      kind: 'MultiStream, p99',
      over: { ...STREAM, arrivals: { kind: 'multi-stream' } },
      figure: of(({ query }) => query?.p99Ms ?? Number.POSITIVE_INFINITY),
    },
    {
      kind: 'Server, 1 ÷ rate',
      over: { ...STREAM, counts: apportion(SERVER_JOBS, mix) },
      figure: ({ arrivals: _, ...simulation }) => 1 / searchServerRate(simulation, P99_MS).ratePerS,
    },
  ];
}

const of = (figure: (figures: RunFigures) => number) => (simulation: Simulation) => {
  const { figures } = simulate(simulation);
  return figures ? figure(figures) : Number.POSITIVE_INFINITY;
};

/** A recorded stream whose mix and rate change every quarter: what was learned in one does not serve in the next. */
export function changingTrace(jobs: number, seed = 1): TraceJobs {
  const random = createRandom('changing', seed);
  const atMs = new Float64Array(jobs);
  const model = new Uint8Array(jobs);
  let nowMs = 0;
  for (let job = 0; job < jobs; job++) {
    const part = Math.floor((4 * job) / jobs);
    const mix = MIXES[part]!; // as many mixes as quarters
    nowMs += (-Math.log(1 - random()) * 1000) / (0.8 * capacityAt(mix));
    atMs[job] = nowMs;
    const drawn = random() * (mix[0]! + mix[1]! + mix[2]!); // three models
    model[job] = drawn < mix[0]! ? 0 : drawn < mix[0]! + mix[1]! ? 1 : 2; // as above
  }
  return { atMs, model };
}
