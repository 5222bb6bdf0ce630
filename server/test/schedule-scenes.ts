import fc from 'fast-check';
import type { Arrivals } from '../application/arrivals.ts';
import type { PlatformUnit } from '../application/platform.ts';
import type { Simulation } from '../application/simulate.ts';
import { bursts } from '../application/workload.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';

// Anything at all: tables with holes, one-slot units, any mix, any arrivals, deadlines, priorities, noise, drift and outages.

/** A platform and a day on it, for any policy. */
export type Scene = Omit<Simulation, 'policy'>;

const arrivalsOfAnyKind: fc.Arbitrary<Arrivals> = fc.oneof(
  fc.constant({ kind: 'closed' } as const),
  fc.constant({ kind: 'offline' } as const),
  fc.constant({ kind: 'single-stream' } as const),
  fc.constant({ kind: 'multi-stream' } as const),
  fc.record({ kind: fc.constant('poisson' as const), ratePerS: fc.integer({ min: 5, max: 300 }) }),
  fc.record({
    kind: fc.constant('bursts' as const),
    ratePerS: fc.integer({ min: 5, max: 300 }),
    factor: fc.integer({ min: 1, max: 9 }),
    burstMs: fc.integer({ min: 1, max: 300 }),
  }),
  fc.constant({ kind: 'trace', jobs: { atMs: new Float64Array(0), model: new Uint8Array(0) } } as const), // of the counts, below
);
const window = { unit: fc.integer({ min: 0, max: 5 }), fromMs: fc.integer({ min: 0, max: 300 }) };
const drift = fc.record({ ...window, lastMs: fc.option(fc.nat(300)), factor: fc.constantFrom(0.5, 2, 3) });
const outage = fc.record({ ...window, lastMs: fc.option(fc.nat(300), { freq: 5 }) });
const within = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 400 }));

const exactly = <T>(one: fc.Arbitrary<T>, length: number) => fc.array(one, { minLength: length, maxLength: length });

const parts = fc
  .record({ units: fc.integer({ min: 1, max: 6 }), models: fc.integer({ min: 1, max: 5 }) })
  .chain(({ units, models }) =>
    fc.record({
      cells: exactly(exactly(fc.option(fc.integer({ min: 1, max: 60 }), { freq: 5 }), models), units),
      slots: exactly(fc.option(fc.integer({ min: 1, max: 2 })), units),
      // More than 200 arrivals, so that `race` rehearses, now and then.
      counts: fc.oneof(
        { weight: 20, arbitrary: exactly(fc.integer({ min: 0, max: 15 }), models) },
        { weight: 1, arbitrary: exactly(fc.integer({ min: 60, max: 120 }), models) },
      ),
      switchMs: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.constant('forbidden' as const)),
      depth: fc.integer({ min: 1, max: 2 }),
      arrivals: arrivalsOfAnyKind,
      noiseCv: fc.constantFrom(0, 0, 0.3),
      cold: fc.boolean(),
      drifts: fc.array(drift, { maxLength: 2 }),
      outages: fc.array(outage, { maxLength: 2 }),
      deadlineMs: fc.option(exactly(within, models)),
      priority: fc.option(exactly(fc.constantFrom(0, 0, 1, 255), models)),
    }),
  )
  .filter(
    ({ cells, counts }) => counts.some((n) => n > 0) && counts.every((_, m) => cells.some((row) => row[m] !== null)),
  );
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

export const scenes: fc.Arbitrary<Scene> = parts.map(drawn);

function drawn(random: Parts): Scene {
  const { cells, slots, counts, switchMs, depth, noiseCv, deadlineMs, priority } = random;
  const platform: PlatformUnit[] = cells.map((row, u) => ({
    id: `u${u}` as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots: slots[u] ?? null,
    switchMs: 0,
    latencyMs: Object.fromEntries(row.map((ms, m) => [`m${m}`, ms])),
    poster: null,
  }));
  const placed = <W extends { unit: number; fromMs: number; lastMs: number | null }>(windows: readonly W[]) =>
    windows.map((w) => ({ ...w, unit: `u${w.unit}`, toMs: w.lastMs === null ? null : w.fromMs + w.lastMs + 1 }));
  return {
    platform,
    models: counts.map((_, m) => `m${m}` as ModelId),
    counts,
    arrivals: random.arrivals.kind === 'trace' ? recorded(counts) : random.arrivals,
    ranks: 'profiler',
    posterRanks: {},
    conditions: { switchMs, depth },
    seed: 3,
    noiseCv,
    drifts: placed(random.drifts),
    outages: placed(random.outages),
    ...(random.cold ? { cold: counts.map((_, m) => m + 1) } : {}),
    ...(deadlineMs ? { deadlineMs } : {}),
    ...(priority ? { priority } : {}),
  };
}

function recorded(counts: readonly number[]): Arrivals {
  const jobs = counts.reduce((sum, n) => sum + n, 0);
  const { atMs, model } = bursts(jobs, counts, { ratePerS: 200, factor: 3, burstMs: 20 }, 9);
  return { kind: 'trace', jobs: { atMs, model } };
}
