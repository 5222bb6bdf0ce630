import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { oneToOne, shared } from '../mapping.ts';
import { definePolicy, type PolicyOptions, PolicyRefuses } from '../policy.ts';

/**
 * Maps models to units one to one so that the batch ends soonest (for a stream: so that throughput at the mix is highest,
 * which is the same mapping); each unit serves its model in order. With more models than units, units share models.
 */
export const affinity = definePolicy(
  'affinity',
  'Each model has its own unit, chosen once for the whole batch.',
  (options) => {
    const batch = withJobs(options);
    const mapping = (batch.models.length <= batch.units.length && oneToOne(batch)) || shared(batch);
    if (!mapping)
      throw new PolicyRefuses('affinity finds no mapping: some model runs on none of the units', { code: 'unmapped' });
    const byUnit = new Map<UnitId, ModelId[]>();
    for (const [model, unit] of mapping) byUnit.set(unit, [...(byUnit.get(unit) ?? []), model]);
    return (view) => {
      for (const { unit, idle } of view.units) {
        const models = idle ? byUnit.get(unit.id) : undefined;
        const job = models && view.heads.find((head) => models.includes(head.model));
        if (job) return { job: job.id, model: job.model, unit: unit.id, reason: 'own' };
      }
      return null;
    };
  },
);

/** Without the models of which a small batch has no job: they need no unit. */
function withJobs(options: PolicyOptions): PolicyOptions {
  const has = (_: unknown, m: number) => options.jobs[m]! > 0; // one count per model
  const { models, mix, jobs } = options;
  return { ...options, models: models.filter(has), mix: mix.filter(has), jobs: jobs.filter(has) };
}
