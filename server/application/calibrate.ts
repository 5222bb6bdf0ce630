import { fileFor } from '../hardware/artefact.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { benchOf } from './measure/bench.ts';
import { measuredNow } from './measure/kept.ts';
import { measurePair } from './measure/pair.ts';
import { QUICK } from './measure/stop-rule.ts';
import type { Shop } from './works.ts';

/**
 * Measures real units that are ready on the models they have no profile of: all of them while the board is idle, those of
 * a run before it begins. `hurry` ends it early. Failures are left for the run to report.
 */
export async function calibrate(
  shop: Shop,
  wanted: (unit: UnitId, model: ModelId) => boolean,
  hurry: () => boolean,
): Promise<void> {
  for (const unit of shop.units.values()) {
    for (const { id, files } of shop.models()) {
      const model = id as ModelId;
      if (hurry()) return;
      if (!wanted(unit.spec.id, model)) continue;
      if (fileFor(unit.spec, files) === null || unit.spec.latencyMs !== null || unit.status !== 'ready') continue;
      if (shop.profiler.profile(model, unit.spec.id) !== undefined) continue;
      const bench = benchOf(unit, [model], shop.samples());
      const result = await measurePair({ bench, model, rule: QUICK, loads: false, cancelled: hurry });
      if (!result.ok || !result.value) continue;
      shop.holds(unit, model);
      shop.profiler.replace(result.value);
      shop.learned(result.value, measuredNow('first', unit.options, shop));
    }
  }
}
