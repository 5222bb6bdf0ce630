import { createRandom, logNormal } from './random.ts';

/** How a simulated unit takes its time; the simulator and the unit's process both ask here, so they agree to the draw. */
export interface ServiceTime {
  /** Milliseconds of the next inference; each call is one draw. Throws when the table has no such cell. */
  next(model: string): number;
}

/** Exactly the table's time at `noiseCv` 0, else log-normal around it, one stream of chance per (seed, unit). */
export function createServiceTime(
  unit: string,
  row: Readonly<Record<string, number | null>>,
  seed: number,
  noiseCv: number,
): ServiceTime {
  const random = createRandom(seed, unit);
  const meanMs = new Map(Object.entries(row));
  return {
    next(model) {
      const ms = meanMs.get(model);
      if (ms == null) throw new Error(`${unit} cannot run ${model}`);
      return noiseCv === 0 ? ms : ms * logNormal(random, noiseCv);
    },
  };
}
