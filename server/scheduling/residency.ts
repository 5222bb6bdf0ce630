import type { ModelId, ProcessingUnit } from '../hardware/unit.ts';

/** Which models a unit holds, least recently used first. */
export interface Residency {
  readonly models: readonly ModelId[];
  has(model: ModelId): boolean;
  /** What serving the model now would cost; 0 when it is resident. */
  switchMs(model: ModelId): number;
  /** Makes the model the most recently used. `null` when it was resident; else which model had to leave, if any. */
  use(model: ModelId): { readonly evict: ModelId | null } | null;
  /** The unit lost its memory. */
  clear(): void;
}

/** A unit with a free slot fills it; a full one lets the least recently used model leave. */
export function createResidency(unit: ProcessingUnit): Residency {
  const models: ModelId[] = [];
  const leaving = () => (models.length < unit.modelSlots ? null : (models[0] ?? null));
  return {
    models,
    has: (model) => models.includes(model),
    switchMs: (model) => (models.includes(model) ? 0 : unit.switchCostMs(leaving(), model)),
    use(model) {
      const at = models.indexOf(model);
      if (at >= 0) {
        for (let i = at + 1; i < models.length; i++) models[i - 1] = models[i]!; // inside
        models[models.length - 1] = model;
        return null;
      }
      const evict = leaving();
      if (evict !== null) models.shift();
      models.push(model);
      return { evict };
    },
    clear() {
      models.length = 0;
    },
  };
}
