import { simulate } from '../../server/application/simulate.ts';
import { policyNames } from '../../server/scheduling/policies/index.ts';
import { posterSimulation } from '../../server/test/drawing.ts';
import { median } from './median.ts';

/** Simulated jobs per second with all metrics, and the wall time of one decision; medians of `rounds`, the first one dropped. */
export function benchSimulator({ rounds, jobsOfEach }: { rounds: number; jobsOfEach: number }) {
  return policyNames().map((policy) => {
    const speeds: number[] = [];
    const decisions: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const from = performance.now();
      simulate(posterSimulation(policy, jobsOfEach));
      const seconds = (performance.now() - from) / 1000;
      const weighed = simulate({
        ...posterSimulation(policy, Math.min(jobsOfEach, 10_000)),
        stopwatch: () => performance.now(),
      });
      if (round === 0) continue; // the compiler warms up
      speeds.push((jobsOfEach * 3) / seconds);
      decisions.push(weighed.decisionUs);
    }
    return {
      policy,
      jobs: jobsOfEach * 3,
      jobsPerSecond: Math.round(median(speeds)),
      decisionUs: Number(median(decisions).toFixed(3)),
    };
  });
}
