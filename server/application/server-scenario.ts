import { capacity } from '../scheduling/capacity.ts';
import { bare } from './platform.ts';
import { type Simulated, type Simulation, simulate } from './simulate.ts';

/** The run at the highest rate that keeps to the bound. */
export interface ServerResult {
  readonly ratePerS: number;
  readonly run: Simulated;
}

/** The rate is found to this share of itself. */
const PRECISION = 1e-3;
/** The search begins this far above the capacity: more can pass only where a run is too short to fill a queue. */
const MOST_LOAD = 2;

/**
 * MLPerf's Server scenario: the highest Poisson rate at which p99 is at most `p99Ms`, by bisection. Every rate meets the
 * same draws (one seed), so that a higher rate is the same stream in less time. `null`: not even an idle platform keeps to it.
 */
export function searchServerRate(simulation: Omit<Simulation, 'arrivals'>, p99Ms: number): ServerResult | null {
  const at = (ratePerS: number) => simulate({ ...simulation, arrivals: { kind: 'server', ratePerS, p99Ms } });
  const passes = ({ figures, failed }: Simulated) => failed === 0 && figures !== null && figures.latency.p99Ms <= p99Ms;
  let high = MOST_LOAD * capacity(bare(simulation.platform, simulation.models), simulation.mix ?? simulation.counts);
  let low = high * PRECISION;
  let best = at(low);
  if (!passes(best)) return null;
  while (high / low > 1 + PRECISION) {
    const middle = Math.sqrt(low * high);
    const run = at(middle);
    if (passes(run)) [low, best] = [middle, run];
    else high = middle;
  }
  return { ratePerS: low, run: best };
}
