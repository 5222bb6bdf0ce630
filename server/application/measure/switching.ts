import type { Result } from '../../brand.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import type { Bench } from './bench.ts';
import { bothUnsure, createSampling, type Estimated, type Sampling, type StopRule } from './stop-rule.ts';

/** What it costs that `to` follows `from`, above what `to` takes by itself. Milliseconds. */
export interface SwitchCost {
  readonly unit: UnitId;
  readonly from: ModelId;
  readonly to: ModelId;
  readonly ms: number;
  /** Half the 95 % interval, of the turns and of the time alone together; a cost below it cannot be told from none. */
  readonly ciMs: number | null;
  readonly samples: number;
}

const RULE: StopRule = { warmUps: 1, least: 4, most: 16, ciShare: 0.03, budgetMs: 4000 };

/**
 * Two models by turns, A B A B …: what each takes then, loading included, less what it takes alone. A unit with fewer slots than
 * models loads at each turn; on one with room for all, what is left is what they lose of each other's caches.
 */
export async function measureSwitching(question: {
  readonly bench: Bench;
  readonly pair: readonly [ModelId, ModelId];
  readonly alone: (model: ModelId) => Estimated | undefined;
  readonly cancelled: () => boolean;
}): Promise<Result<SwitchCost[]>> {
  const { bench, pair, alone, cancelled } = question;
  const crowded = bench.modelSlots < bench.models.length;
  const prepared = await bench.prepare(crowded ? [pair[1]] : pair);
  if (!prepared.ok) return prepared;
  const turns = pair.map((model) => createSampling(RULE, model, bench.unit));
  const enough = [false, false];
  for (let turn = 0; !enough.every(Boolean); turn = 1 - turn) {
    if (cancelled()) return { ok: true, value: [] };
    const [to, from] = [pair[turn]!, pair[1 - turn]!]; // two turns, two models
    const result = await bench.infer(to, crowded ? { evict: from } : null);
    if (!result.ok) return result;
    enough[turn] = turns[turn]!.take(result.value.serviceMs + result.value.loadMs) === 'enough' || enough[turn]!; // as above
  }
  return {
    ok: true,
    value: pair.flatMap((to, turn) => costOf(bench.unit, pair[1 - turn]!, to, turns[turn]!, alone(to))),
  };
}

function costOf(unit: UnitId, from: ModelId, to: ModelId, turns: Sampling, alone: Estimated | undefined): SwitchCost[] {
  const profile = turns.profile();
  if (!profile || !alone) return [];
  const ms = Math.max(0, profile.meanMs - alone.meanMs);
  return [{ unit, from, to, ms, ciMs: bothUnsure(profile.ciMs, alone.ciMs), samples: profile.samples }];
}

/** from → to → milliseconds, of one unit; what cannot be told from nothing is nothing. `undefined`: it was not measured. */
export function switchMatrix(
  costs: readonly SwitchCost[],
  unit: UnitId,
): Readonly<Record<string, Readonly<Record<string, number>>>> | undefined {
  const own = costs.filter((cost) => cost.unit === unit);
  if (own.length === 0) return undefined;
  const matrix: Record<string, Record<string, number>> = {};
  for (const { from, to, ms, ciMs } of own) {
    matrix[from] ??= {};
    matrix[from][to] = ms > (ciMs ?? 0) ? ms : 0;
  }
  return matrix;
}
