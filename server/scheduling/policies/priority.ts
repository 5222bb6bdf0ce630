import type { ModelId, ProcessingUnit, UnitId } from '../../hardware/unit.ts';
import { pinsOfLeastCost } from '../capacity.ts';
import { definePolicy, type PolicyOptions, PolicyRefuses } from '../policy.ts';

/**
 * Each idle unit, in board order, takes the waiting model that it ranks highest. A unit without a rank serves only the model
 * to which pinning it costs least throughput.
 */
export const priority = definePolicy(
  'priority',
  'Each idle unit takes the waiting model that it ranks highest.',
  (options) => {
    const order = ranking(options);
    const unserved = options.models.filter((model) => !options.units.some((unit) => serves(unit, model, order)));
    if (unserved.length > 0)
      throw new PolicyRefuses(`priority has no unit that ranks ${unserved.join(', ')}`, {
        code: 'unranked',
        models: unserved,
      });
    return (view) => {
      for (const { unit, idle } of view.units) {
        const ranked = idle ? order.get(unit.id) : undefined;
        const model = ranked?.find((m) => unit.accepts(m) && view.waiting(m) > 0);
        const job = model === undefined ? undefined : view.head(model);
        if (job) return { job: job.id, model: job.model, unit: unit.id, reason: 'ranked' };
      }
      return null;
    };
  },
);

const serves = (unit: ProcessingUnit, model: ModelId, order: Ranks): boolean =>
  unit.accepts(model) && (order.get(unit.id)?.includes(model) ?? false);

type Ranks = ReadonlyMap<UnitId, readonly ModelId[]>;

function ranking(options: PolicyOptions): Ranks {
  const unranked = options.units.filter((unit) => !options.ranks.has(unit.id)).map((unit) => unit.id);
  const pins = pinsOfLeastCost(options, options.mix, unranked);
  return new Map(
    options.units.map((unit) => {
      const pin = pins.get(unit.id);
      return [unit.id, options.ranks.get(unit.id) ?? (pin === undefined ? [] : [pin])];
    }),
  );
}
