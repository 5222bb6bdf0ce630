import type { Result } from '../../brand.ts';
import type { ModelId } from '../../hardware/unit.ts';
import type { KnownProfile } from '../../scheduling/profiler.ts';
import type { Bench } from './bench.ts';
import { createSampling, type StopRule } from './stop-rule.ts';

/** Loads whose middle one is the load time. */
const LOADS = 3;

export interface PairQuestion {
  readonly bench: Bench;
  readonly model: ModelId;
  readonly rule: StopRule;
  readonly loads: boolean;
  readonly cancelled: () => boolean;
}

/** How long one model takes on one unit; `null` when it was cancelled. */
export async function measurePair(question: PairQuestion): Promise<Result<KnownProfile | null>> {
  const { bench, model, rule, cancelled } = question;
  const prepared = await bench.prepare([model]);
  if (!prepared.ok) return prepared;
  const loads = question.loads ? await measureLoads(bench, model, cancelled) : { ok: true as const, value: 0 };
  if (!loads.ok) return loads;
  const sampling = createSampling(rule, model, bench.unit);
  for (;;) {
    if (cancelled()) return { ok: true, value: null };
    const result = await bench.infer(model, null);
    if (!result.ok) return result;
    if (sampling.take(result.value.serviceMs) === 'enough') break;
  }
  const profile = sampling.profile();
  return { ok: true, value: profile ? { ...profile, loadMs: loads.value } : null };
}

/** The model leaves and comes back, a few times. */
async function measureLoads(bench: Bench, model: ModelId, cancelled: () => boolean): Promise<Result<number>> {
  const times: number[] = [];
  for (let i = 0; i < LOADS && !cancelled(); i++) {
    const result = await bench.infer(model, { evict: model });
    if (!result.ok) return result;
    times.push(result.value.loadMs);
  }
  return { ok: true, value: times.sort((a, b) => a - b)[times.length >> 1] ?? 0 };
}
