import type { JobId, ModelId } from '../hardware/unit.ts';

/** A model that ends the process of whoever runs it must not go from unit to unit until none is left. */
export interface PoisonBook {
  /** A unit's process ended by itself while it ran the job. */
  killed(job: { readonly id: JobId; readonly model: ModelId }): void;
  /** A job of the model was answered. */
  answered(model: ModelId): void;
  /** One of its jobs ended two processes, and no job of it was answered in between. */
  has(model: ModelId): boolean;
}

export function createPoisonBook(): PoisonBook {
  /** Jobs under which a process ended, where nothing has spoken for their model since. */
  const suspects = new Map<ModelId, Set<JobId>>();
  const poison = new Set<ModelId>();
  return {
    killed({ id, model }) {
      const before = suspects.get(model);
      if (before?.has(id)) poison.add(model);
      else suspects.set(model, new Set([...(before ?? []), id]));
    },
    answered(model) {
      if (suspects.size > 0) suspects.delete(model);
    },
    has: (model) => poison.size > 0 && poison.has(model),
  };
}
