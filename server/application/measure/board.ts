import type { Result } from '../../brand.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import type { KnownProfile, Profile } from '../../scheduling/profiler.ts';
import type { Bench } from './bench.ts';
import { measurePair } from './pair.ts';
import { type Estimated, THOROUGH } from './stop-rule.ts';
import { measureSwitching, type SwitchCost } from './switching.ts';
import { type CoRun, measureTogether, type Side } from './together.ts';

/** What is being measured at the moment. */
export interface MeasureStep {
  readonly kind: 'time' | 'switching' | 'together';
  readonly units: readonly UnitId[];
  readonly models: readonly ModelId[];
}

export interface BoardQuestion {
  readonly benches: readonly Bench[];
  /** What was known before, for how common each model is on each unit. */
  readonly known: readonly Profile[];
  readonly cancelled: () => boolean;
  readonly heard: {
    step(step: MeasureStep, done: number, of: number): void;
    time(profile: KnownProfile): void;
    switching(costs: readonly SwitchCost[]): void;
    together(factors: readonly CoRun[]): void;
  };
}

/**
 * Everything that can be measured of a board's units, one thing at a time: each model on each unit alone, then models by turns,
 * then units side by side. A step that fails is passed over; the first failure is the answer.
 */
export async function measureBoard(question: BoardQuestion): Promise<Result> {
  const { benches, cancelled, heard } = question;
  const times = new Map<string, Estimated>();
  const alone = (unit: UnitId, model: ModelId) => times.get(`${unit} ${model}`);
  const steps = stepsOf(benches, question.known);
  const bench = (unit: UnitId) => benches.find((each) => each.unit === unit)!; // steps are made from the benches
  let failed: Result | null = null;
  for (const [done, step] of steps.entries()) {
    if (cancelled()) break;
    heard.step(step, done, steps.length);
    const result = await carryOut(step);
    if (!result.ok) failed ??= result;
  }
  return failed ?? { ok: true, value: undefined };

  async function carryOut({ kind, units, models }: MeasureStep): Promise<Result<unknown>> {
    const [unit, other] = units as [UnitId, UnitId];
    const [model, next] = models as [ModelId, ModelId];
    switch (kind) {
      case 'time': {
        const result = await measurePair({ bench: bench(unit), model, rule: THOROUGH, loads: true, cancelled });
        if (!result.ok || !result.value) return result;
        const { meanMs, ciMs = null } = result.value;
        times.set(`${unit} ${model}`, { meanMs, ciMs });
        heard.time(result.value);
        return result;
      }
      case 'switching': {
        const own = (model: ModelId) => alone(unit, model);
        const result = await measureSwitching({ bench: bench(unit), pair: [model, next], alone: own, cancelled });
        if (result.ok) heard.switching(result.value);
        return result;
      }
      case 'together': {
        const sides = [sideOf(unit, model), sideOf(other, next)];
        if (!sides[0] || !sides[1]) return { ok: true, value: undefined }; // its own time failed, and was said
        const result = await measureTogether([sides[0], sides[1]], cancelled);
        if (result.ok) heard.together(result.value);
        return result;
      }
      default:
        return kind satisfies never;
    }
  }
  function sideOf(unit: UnitId, model: ModelId): Side | undefined {
    const time = alone(unit, model);
    return time && { bench: bench(unit), model, alone: time };
  }
}

function stepsOf(benches: readonly Bench[], known: readonly Profile[]): MeasureStep[] {
  const times = benches.flatMap(({ unit, models }) =>
    models.map((model) => ({ kind: 'time' as const, units: [unit], models: [model] })),
  );
  const switching = benches.flatMap(({ unit, models }) =>
    pairsOf(models).map((pair) => ({ kind: 'switching' as const, units: [unit], models: pair })),
  );
  const busy = benches.filter(({ models }) => models.length > 0);
  const together = pairsOf(busy).map(([a, b]) => ({
    kind: 'together' as const,
    units: [a.unit, b.unit],
    models: [commonest(a, known), commonest(b, known)],
  }));
  return [...times, ...switching, ...together];
}

const pairsOf = <T>(all: readonly T[]): [T, T][] => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

/** What the unit ran most; the first where it ran nothing. */
function commonest({ unit, models }: Bench, known: readonly Profile[]): ModelId {
  const samples = (model: ModelId) => known.find((p) => p.unit === unit && p.model === model)?.samples ?? 0;
  return models.reduce((best, model) => (samples(model) > samples(best) ? model : best), models[0]!); // a bench with no model takes no part
}
