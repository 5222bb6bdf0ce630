import type { Result } from '../brand.ts';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import type { DriverJob, Inference, JobId, ModelId, UnitId } from '../hardware/unit.ts';
import type { Shop } from './works.ts';

/** Inferences that a first profile rests on; each run then adds its own. */
const SAMPLES = 5;

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
    for (const model of shop.models()) {
      const id = model.id as ModelId;
      if (hurry()) return;
      if (!wanted(unit.spec.id, id)) continue;
      if (model.file === null || unit.spec.latencyMs !== null || unit.status !== 'ready') continue;
      if (shop.profiler.profile(id, unit.spec.id) === undefined) await measure(shop, unit, id);
    }
  }
}

async function measure(shop: Shop, unit: SupervisedUnit, model: ModelId): Promise<void> {
  const prepared = await new Promise<Result>((done) =>
    unit.prepare({ run: 0, seed: 0, noiseCv: 0, switchMs: 0, pictures: shop.samples(), preload: [model] }, done),
  );
  unit.forget();
  if (!prepared.ok) return;
  for (let i = 0; i < SAMPLES; i++) {
    const result = await inferOnce(unit, {
      job: i as JobId,
      model,
      input: i % Math.max(1, shop.samples().length),
      load: null,
    });
    if (!result.ok) return;
    shop.profiler.observe(model, unit.spec.id, result.value.serviceMs);
  }
  const profile = shop.profiler.profiles().find((p) => p.unit === unit.spec.id && p.model === model);
  if (profile) shop.say({ type: 'profile', profile });
}

/** A unit that is lost meanwhile never answers; the wait is then over as well. */
function inferOnce(unit: SupervisedUnit, job: DriverJob): Promise<Result<Inference>> {
  return new Promise((done) => {
    const pid = unit.pid;
    const watch = setInterval(() => {
      if (unit.pid === pid) return;
      clearInterval(watch);
      done({ ok: false, error: `${unit.spec.name} was lost while it was measured` });
    }, 200);
    unit.driver.infer(job, (result) => {
      clearInterval(watch);
      done(result);
    });
  });
}
