import { createBatchFollower } from '../fluid/batch.ts';
import { createStreamRouter } from '../fluid/stream.ts';
import { definePolicy } from '../policy.ts';

/**
 * Work as a fluid: a linear program says how the work is best split over the units and what each unit's time is worth.
 * A stream is routed by its prices, re-solved as rates and backlog change; a batch follows the integer plan that ends first.
 */
export const fluid = definePolicy(
  'fluid',
  'Finds the routing of highest throughput by linear programming, again and again, and follows it.',
  ({ models, units }) => {
    const stream = createStreamRouter(models);
    const batch = createBatchFollower(models);
    return {
      arrived: (job) => stream.arrived(job.model),
      decide: (view) => (view.moreToCome ? stream.decide(view) : batch.decide(view)),
      price(model, unit) {
        return stream.price(
          models.indexOf(model),
          units.findIndex((each) => each.id === unit),
        );
      },
    };
  },
);
