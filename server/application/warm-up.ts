import { type Simulation, simulate } from './simulate.ts';

/** Enough jobs that every branch of a policy is taken, few enough that a round takes a few milliseconds. */
const JOBS = 60;
/** So much time is given to it before a run, in milliseconds. */
const BUDGET_MS = 60;

/**
 * Plays a small version of the run, again and again, before its clock starts. Code that has just been loaded is interpreted:
 * a first plan takes 15 ms then and 3 ms once it is compiled, and every unit waits for it. Answers the rounds played.
 */
export function warmUp(run: Omit<Simulation, 'stopwatch'>, now = () => performance.now()): number {
  const total = run.counts.reduce((sum, count) => sum + count, 0);
  const counts = run.counts.map((count) => Math.ceil(count * Math.min(1, JOBS / Math.max(1, total))));
  const arrivals = run.arrivals.kind === 'trace' ? ({ kind: 'closed' } as const) : run.arrivals; // it brings its own jobs
  const endMs = now() + BUDGET_MS;
  let rounds = 0;
  try {
    while (now() < endMs) {
      simulate({ ...run, counts, arrivals, stopwatch: now });
      rounds += 1;
    }
  } catch {
    // a run that cannot be played is refused where it is begun, with its reason
  }
  return rounds;
}
