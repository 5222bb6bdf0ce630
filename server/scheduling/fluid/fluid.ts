import type { ModelId } from '../../hardware/unit.ts';
import type { Assignment, SchedulerView } from '../policy.ts';
import { createBatchFollower } from './batch.ts';
import type { createStreamRouter } from './stream.ts';

/** A stream is routed by prices, a batch that is all there by the plan that ends first. */
export function createFluid(models: readonly ModelId[], stream: ReturnType<typeof createStreamRouter>) {
  const batch = createBatchFollower(models);
  return {
    decide: (view: SchedulerView): Assignment | null => (view.moreToCome ? stream.decide(view) : batch.decide(view)),
  };
}
