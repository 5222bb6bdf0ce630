import type { Result } from '../../brand.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import type { Bench } from './bench.ts';
import { bothUnsure, createSampling, type Estimated, type Sampling, type StopRule } from './stop-rule.ts';

/** How much longer a unit takes while another is at work. */
export interface CoRun {
  readonly unit: UnitId;
  readonly model: ModelId;
  readonly beside: UnitId;
  readonly besideModel: ModelId;
  /** 1: not at all. */
  readonly factor: number;
  /** Half the 95 % interval of the factor: of both its means. */
  readonly ci: number | null;
  readonly samples: number;
}

/** One of the two, and what it runs. */
export interface Side {
  readonly bench: Bench;
  readonly model: ModelId;
  readonly alone: Estimated;
}

const RULE: StopRule = { warmUps: 1, least: 5, most: 20, ciShare: 0.05, budgetMs: 3000 };

/** Two units at once, each on one model, until both are known well enough; only what ran beside something counts. */
export async function measureTogether(
  sides: readonly [Side, Side],
  cancelled: () => boolean,
): Promise<Result<CoRun[]>> {
  for (const { bench, model } of sides) {
    const prepared = await bench.prepare([model]);
    if (!prepared.ok) return prepared;
  }
  const samplings = sides.map(({ bench, model }) => createSampling(RULE, model, bench.unit)) as [Sampling, Sampling];
  const enough = [false, false];
  let over = false;
  const repeat = async (side: 0 | 1): Promise<Result> => {
    while (!over && !cancelled()) {
      const result = await sides[side].bench.infer(sides[side].model, null);
      if (!result.ok) over = true;
      if (!result.ok) return result;
      if (over) break; // the other one had ended: it ran alone for a while
      if (!enough[side]) enough[side] = samplings[side].take(result.value.serviceMs) === 'enough';
      over = enough.every(Boolean);
    }
    return { ok: true, value: undefined };
  };
  const ends = await Promise.all([repeat(0), repeat(1)]);
  const failed = ends.find((end) => !end.ok);
  if (failed && !failed.ok) return failed;
  return { ok: true, value: over ? [factorOf(sides, samplings, 0), factorOf(sides, samplings, 1)].flat() : [] };
}

function factorOf(sides: readonly [Side, Side], samplings: readonly [Sampling, Sampling], side: 0 | 1): CoRun[] {
  const [own, other] = side === 0 ? sides : ([sides[1], sides[0]] as const);
  const profile = samplings[side].profile();
  if (!profile) return [];
  const factor = profile.meanMs / own.alone.meanMs;
  const share = ({ ciMs, meanMs }: Estimated) => (ciMs === null ? null : ciMs / meanMs);
  const unsure = bothUnsure(share(profile), share(own.alone));
  return [
    {
      ...{ unit: own.bench.unit, model: own.model, beside: other.bench.unit, besideModel: other.model },
      factor,
      ci: unsure === null ? null : factor * unsure,
      samples: profile.samples,
    },
  ];
}
