import type { ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import type { PolicyOptions } from '../scheduling/policy.ts';
import type { Rehearsed, Scene } from '../scheduling/rehearsal.ts';

// A scene as it crosses to the thread that plays it: what a unit answers to questions is written down beforehand.

interface UnitFacts extends Omit<ProcessingUnit, 'accepts' | 'switchCostMs'> {
  readonly accepted: readonly ModelId[];
  /** From (null: an empty slot) → to → milliseconds. */
  readonly switchMs: ReadonlyMap<ModelId | null, ReadonlyMap<ModelId, number>>;
}

export interface RehearsalQuestion {
  readonly ref: number;
  readonly policies: readonly string[];
  readonly scene: Omit<Scene, 'units'> & { readonly units: readonly UnitFacts[] };
  readonly options: Pick<PolicyOptions, 'models' | 'mix' | 'jobs' | 'ranks'> & {
    readonly latencyMs: ReadonlyMap<UnitId, ReadonlyMap<ModelId, number | null>>;
  };
}

export interface RehearsalAnswer {
  readonly ref: number;
  readonly values: readonly Rehearsed[];
  readonly tookMs: number;
}

export function written(
  ref: number,
  scene: Scene,
  policies: readonly string[],
  options: PolicyOptions,
): RehearsalQuestion {
  const { models, mix, jobs, ranks } = options;
  const units = scene.units.map((unit) => factsOf(unit, models));
  const latencyMs = new Map(
    scene.units.map((unit) => [unit.id, new Map(models.map((model) => [model, options.latencyMs(model, unit.id)]))]),
  );
  return { ref, policies, scene: { ...scene, units }, options: { models, mix, jobs, ranks, latencyMs } };
}

function factsOf(unit: ProcessingUnit, models: readonly ModelId[]): UnitFacts {
  const { id, precision, source, modelSlots, depth } = unit;
  const switchMs = new Map(
    [null, ...models].map((from) => [from, new Map(models.map((to) => [to, unit.switchCostMs(from, to)]))] as const),
  );
  return { id, precision, source, modelSlots, depth, accepted: models.filter(unit.accepts), switchMs };
}

/** The scene and what is known before it, as policies ask for them. */
export function read({ scene, options }: RehearsalQuestion): { scene: Scene; options: PolicyOptions } {
  const units = scene.units.map(({ accepted, switchMs, ...facts }) => ({
    ...facts,
    accepts: (model: ModelId) => accepted.includes(model),
    switchCostMs: (from: ModelId | null, to: ModelId) => switchMs.get(from)?.get(to) ?? 0,
  }));
  return {
    scene: { ...scene, units },
    options: {
      ...options,
      units,
      latencyMs: (model, unit) => options.latencyMs.get(unit)?.get(model) ?? null,
    },
  };
}
