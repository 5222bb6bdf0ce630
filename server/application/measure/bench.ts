import type { Result } from '../../brand.ts';
import type { SupervisedUnit } from '../../hardware/supervisor.ts';
import type { DriverJob, Inference, JobId, ModelId, UnitId } from '../../hardware/unit.ts';

/** A unit that is run for its times alone, one inference after the other. Times in milliseconds. */
export interface Bench {
  readonly unit: UnitId;
  /** How many models stay loaded. */
  readonly modelSlots: number;
  readonly models: readonly ModelId[];
  /** Ready to run, with these loaded. */
  prepare(resident: readonly ModelId[]): Promise<Result>;
  infer(model: ModelId, load: DriverJob['load']): Promise<Result<Pick<Inference, 'serviceMs' | 'loadMs'>>>;
}

const WATCH_EVERY_MS = 200;

export function benchOf(unit: SupervisedUnit, models: readonly ModelId[], pictures: readonly string[]): Bench {
  let job = 0;
  const { spec } = unit;
  return {
    unit: spec.id,
    modelSlots: spec.modelSlots ?? models.length,
    models,
    async prepare(resident) {
      const { switchMs = 0 } = spec;
      const result = await new Promise<Result>((done) =>
        unit.prepare({ run: 0, seed: 0, noiseCv: 0, switchMs, pictures, preload: [...resident] }, done),
      );
      unit.forget();
      return result;
    },
    infer: (model, load) =>
      inferOnce(unit, { job: job as JobId, model, input: job++ % Math.max(1, pictures.length), load }),
  };
}

/** A unit that is lost meanwhile never answers; the wait is then over as well. */
function inferOnce(unit: SupervisedUnit, job: DriverJob): Promise<Result<Inference>> {
  return new Promise((done) => {
    const pid = unit.pid;
    const watch = setInterval(() => {
      if (unit.pid === pid) return;
      clearInterval(watch);
      done({ ok: false, error: `${unit.spec.name} was lost while it was measured` });
    }, WATCH_EVERY_MS);
    unit.driver.infer(job, (result) => {
      clearInterval(watch);
      done(result);
    });
  });
}
