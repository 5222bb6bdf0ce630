import { capacity } from '../scheduling/capacity.ts';
import { bare } from './platform.ts';
import { type Simulated, type Simulation, simulate } from './simulate.ts';

/** The run at the highest rate that keeps to the bound. */
export interface ServerResult {
  /** 0: not even an all but idle platform keeps to it, and the run is one of those. */
  readonly ratePerS: number;
  readonly run: Simulated;
}

/** p99 may fall again as the rate rises (a slow unit is used less), so the first look is from above, in so many steps. */
const STEPS = 32;
/** The rate is found to this share of itself. */
const PRECISION = 1e-3;

/**
 * MLPerf's Server scenario: the highest Poisson rate at which p99 is at most `p99Ms`. From the capacity, beyond which only
 * a run too short to fill a queue could pass, down in steps to the first that does; then by bisection up to the next. Every rate meets the same draws (one seed), so that a higher rate is the same
 * stream in less time.
 */
export function searchServerRate(simulation: Omit<Simulation, 'arrivals'>, p99Ms: number): ServerResult {
  const { platform, models, counts, mix = counts } = simulation;
  const most = capacity(bare(platform, models), mix);
  const at = (ratePerS: number): Trial => {
    const run = simulate({ ...simulation, arrivals: { kind: 'server', ratePerS, p99Ms } });
    const passes = run.failed === 0 && run.figures !== null && run.figures.latency.p99Ms <= p99Ms;
    return { ratePerS, run, passes };
  };
  for (let step = STEPS; step > 0; step--) {
    const trial = at((most * step) / STEPS);
    if (trial.passes) return step === STEPS ? trial : between(trial, (most * (step + 1)) / STEPS, at);
  }
  const idle = at(most * PRECISION);
  return idle.passes ? between(idle, most / STEPS, at) : { ratePerS: 0, run: idle.run };
}

interface Trial extends ServerResult {
  readonly passes: boolean;
}

function between(passed: Trial, failedPerS: number, at: (ratePerS: number) => Trial): ServerResult {
  let best = passed;
  let high = failedPerS;
  while (high / best.ratePerS > 1 + PRECISION) {
    const trial = at((best.ratePerS + high) / 2);
    if (trial.passes) best = trial;
    else high = trial.ratePerS;
  }
  return { ratePerS: best.ratePerS, run: best.run };
}
