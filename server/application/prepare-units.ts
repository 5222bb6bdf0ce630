import type { Result } from '../brand.ts';
import type { Preparation, SupervisedUnit } from '../hardware/supervisor.ts';

/** All at once; the first that cannot be prepared is the sentence, with its name. */
export async function prepareUnits(
  units: readonly SupervisedUnit[],
  preparation: (unit: SupervisedUnit) => Preparation,
): Promise<Result> {
  const results = await Promise.all(
    units.map(async (unit): Promise<Result> => {
      const result = await new Promise<Result>((done) => unit.prepare(preparation(unit), done));
      return result.ok ? result : { ok: false, error: `${unit.spec.name}: ${result.error}` };
    }),
  );
  return results.find((result) => !result.ok) ?? { ok: true, value: undefined };
}
