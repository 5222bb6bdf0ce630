import type { ModelId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import type { Routes } from './routes.ts';

/** How many requests come too late to their turn because a unit is taken. */
export interface Blocking {
  arrived(job: QueuedJob): void;
  /** Requests of that priority or a higher one that are expected to be late when the unit is taken for so many milliseconds. */
  missed(u: number, ms: number, priority: number): number;
}

/**
 * A unit that takes a long job is closed to the short ones that the best routing sends it. Of those that come meanwhile, at
 * rate λ, the ones that come first wait longest: with service s and a deadline d after arrival, those of the first
 * ms + s − d are late.
 */
export function createBlocking(routes: Routes, models: readonly ModelId[], units: number): Blocking {
  /** From arrival to deadline, of the last of each model. */
  const within = new Float64Array(models.length).fill(Number.POSITIVE_INFINITY);
  const priorities = new Float64Array(models.length);
  const index = new Map(models.map((model, m) => [model, m]));
  return {
    arrived({ model, deadlineMs, arrivalMs, priority }) {
      const m = index.get(model)!; // a model of the run
      within[m] = deadlineMs - arrivalMs;
      priorities[m] = priority;
    },
    missed(u, ms, priority) {
      let late = 0;
      for (let m = 0, pair = u; m < models.length; m++, pair += units)
        if (routes.basic[pair] && priorities[m]! >= priority)
          late += routes.flow[pair]! * Math.max(0, ms + routes.ms[pair]! - within[m]!); // a cell per pair
      return late;
    },
  };
}
