import { createFluid } from '../fluid/fluid.ts';
import { createRoutes } from '../fluid/routes.ts';
import { definePolicy } from '../policy.ts';

/**
 * Work as a fluid: a linear program says how the work is best split over the units and what each unit's time is worth.
 * A stream is routed by its prices, re-solved as rates and backlog change; a batch follows the integer plan that ends first.
 */
export const fluid = definePolicy(
  'fluid',
  'Finds the routing of highest throughput by linear programming, again and again, and follows it.',
  ({ models, units }) => {
    const routes = createRoutes(models, units.length);
    const place = new Map(units.map((unit, u) => [unit.id, u]));
    const { decide } = createFluid(models, units.length, routes);
    return {
      arrived: (job) => routes.arrived(job.model),
      decide,
      price: (model, unit) => routes.price(models.indexOf(model), place.get(unit) ?? -1),
    };
  },
);
