import type { Assignment, SchedulerView } from '../policy.ts';
import { createBatchFollower } from './batch.ts';
import type { Routes } from './routes.ts';
import { createStream } from './stream.ts';

/** A stream is routed by prices, a batch that is all there by the plan that ends first. */
export function createFluid(models: SchedulerView['models'], units: number, routes: Routes) {
  const stream = createStream(routes, models, units);
  const batch = createBatchFollower(models);
  return {
    decide: (view: SchedulerView): Assignment | null => (view.moreToCome ? stream.decide(view) : batch.decide(view)),
  };
}
