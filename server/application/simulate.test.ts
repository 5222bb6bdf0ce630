import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slowness } from '../hardware/simulated/drift.ts';
import { absences } from '../hardware/simulated/outage.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { capacity } from '../scheduling/capacity.ts';
import { policyNames } from '../scheduling/policies/index.ts';
import { REASONS } from '../scheduling/reason.ts';
import { posterPlatform, posterSimulation } from '../test/drawing.ts';
import { type Arrivals, measuringOf } from './arrivals.ts';
import { bare, type PlatformUnit } from './platform.ts';
import { realisedBound } from './realised-bound.ts';
import { type Simulation, simulate } from './simulate.ts';
import { copyRows, emptyColumns, OUTCOMES, type TraceColumns } from './trace.ts';
import { bursts } from './workload.ts';

const poster = posterSimulation('fcfs', 100);

test('the poster’s policies take 5137.7, 4409.1, 5074.3 and 3951.2 ms for a hundred of each at 500 ms a switch', () => {
  const makespan = (policy: string) => simulate({ ...poster, policy }).figures?.makespanMs.toFixed(1);
  assert.deepEqual(['fcfs', 'sjf', 'affinity', 'priority'].map(makespan), ['5137.7', '4409.1', '5074.3', '3951.2']);
});

test('affinity on the poster’s table is its slowest model alone: a hundred ResNet50 on the NCS2', () => {
  const { figures } = simulate({ ...poster, policy: 'affinity' });
  assert.ok(Math.abs((figures?.makespanMs ?? 0) - 100 * 50.743) < 1e-6);
  assert.ok(Math.abs((figures?.utilisation.npu ?? 0) - (100 * 31.77) / 5074.3) < 1e-9);
  assert.equal(figures?.switches, 0);
});

test('one job takes its least time on the table', () => {
  const { figures } = simulate({ ...poster, counts: [0, 1, 0], policy: 'fcfs' });
  assert.equal(figures?.makespanMs, 21.345);
});

test('the same seed draws the same run, another seed another', () => {
  const noisy = (seed: number) => simulate({ ...poster, policy: 'sjf', noiseCv: 0.2, seed }).figures?.makespanMs;
  assert.equal(noisy(1), noisy(1));
  assert.notEqual(noisy(1), noisy(2));
});

test('a stream is measured from its second tenth on', () => {
  const stream = simulate({
    ...poster,
    policy: 'fcfs',
    counts: [300, 300, 300],
    arrivals: { kind: 'poisson', ratePerS: 50 },
  });
  const measured = Object.values(stream.figures?.perModel ?? {}).reduce((sum, model) => sum + model.jobs, 0);
  assert.equal(stream.figures?.jobs, 900);
  assert.equal(measured, 810);
  assert.ok(
    Math.abs((stream.figures?.throughput ?? 0) - 50) < 6,
    'what comes in at half the capacity goes out at the same rate',
  );
});

test('sjf orders models by the table, whether or not a pin keeps one of them from a unit', () => {
  const unit = (id: string, modelSlots: number | null, a: number, b: number): PlatformUnit => ({
    id: id as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots,
    switchMs: 0,
    latencyMs: { a, b },
    poster: null,
  });
  // u1 is pinned to a. By the table b is shorter on average (5.5 against 6), so u0 begins with b; without u1, b would be 8.
  const { trace } = simulate({
    ...poster,
    platform: [unit('u0', null, 10, 8), unit('u1', 1, 2, 3)],
    models: ['a', 'b'] as ModelId[],
    counts: [3, 3],
    policy: 'sjf',
    ranks: 'profiler',
    conditions: { switchMs: 'forbidden', depth: 1 },
  });
  const first = [...Array(trace.rows).keys()].find((row) => trace.unit[row] === 0) ?? -1;
  assert.equal(trace.model[first], 1);
});

test('noise keeps the mean', () => {
  const alone = { ...poster, platform: posterPlatform().slice(3), policy: 'fcfs', counts: [4000, 0, 0], noiseCv: 0.3 };
  const mean = (simulate(alone).figures?.makespanMs ?? 0) / 4000;
  assert.ok(Math.abs(mean / 10.499 - 1) < 0.03, `${mean}`);
});

// Anything at all: tables with holes, one-slot units, any mix, any arrivals, every policy, noise, drift and outages.
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
const window = { unit: fc.integer({ min: 0, max: 3 }), fromMs: fc.integer({ min: 0, max: 300 }) };
const platforms = fc
  .record({ units: fc.integer({ min: 1, max: 4 }), models: fc.integer({ min: 1, max: 4 }) })
  .chain(({ units, models }) =>
    fc.record({
      cells: fc.array(
        fc.array(fc.option(fc.integer({ min: 1, max: 60 }), { freq: 5 }), { minLength: models, maxLength: models }),
        { minLength: units, maxLength: units },
      ),
      slots: fc.array(fc.option(fc.integer({ min: 1, max: 2 })), { minLength: units, maxLength: units }),
      counts: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: models, maxLength: models }),
      switchMs: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.constant('forbidden' as const)),
      depth: fc.integer({ min: 1, max: 2 }),
      arrivals: arrivalsOfAnyKind,
      noiseCv: fc.constantFrom(0, 0, 0.3),
      cold: fc.boolean(),
      drifts: fc.array(fc.record({ ...window, lastMs: fc.option(fc.nat(300)), factor: fc.constantFrom(0.5, 2, 3) }), {
        maxLength: 2,
      }),
      outages: fc.array(fc.record({ ...window, lastMs: fc.option(fc.nat(300), { freq: 5 }) }), { maxLength: 2 }),
    }),
  )
  .filter(
    ({ cells, counts }) => counts.some((n) => n > 0) && counts.every((_, m) => cells.some((row) => row[m] !== null)),
  );
type Random = typeof platforms extends fc.Arbitrary<infer T> ? T : never;

function drawn(random: Random): Omit<Simulation, 'policy'> {
  const { cells, slots, counts, switchMs, depth, noiseCv } = random;
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
  };
}

function recorded(counts: readonly number[]): Arrivals {
  const { atMs, model } = bursts(
    counts.reduce((sum, n) => sum + n, 0),
    counts,
    { ratePerS: 200, factor: 3, burstMs: 20 },
    9,
  );
  return { kind: 'trace', jobs: { atMs, model } };
}

test('whatever the platform and the day: each job is answered once, no unit does two things at once, nothing beats the bound', () => {
  fc.assert(
    fc.property(platforms, fc.constantFrom(...policyNames()), (random, policy) => {
      const simulation = drawn(random);
      let run: ReturnType<typeof simulate>;
      try {
        run = simulate({ ...simulation, policy });
      } catch (error) {
        assert.match(String(error), /no unit|no mapping/); // a sentence, where pins or holes leave a model to nobody
        return;
      }
      const total = simulation.counts.reduce((sum, n) => sum + n, 0);
      const answered = [...run.trace.job.subarray(0, run.trace.rows)].filter(
        (_, row) => OUTCOMES[run.trace.outcome[row]!] !== 'lost', // row < rows
      );
      assert.equal(new Set(answered).size, total);
      assert.equal(answered.length, total);
      if (random.outages.length === 0) assert.equal(run.trace.rows, total);
      checkUnits(run.trace, simulation);
      checkBounds(run, simulation);
    }),
    { numRuns: 3000, seed: 20261124 },
  );
});

/** By the times that were really taken always; by the table where units keep to it. */
function checkBounds({ trace, figures }: ReturnType<typeof simulate>, simulation: Omit<Simulation, 'policy'>): void {
  if (!figures) return;
  const { platform, models, counts, arrivals, noiseCv, drifts = [] } = simulation;
  const { firstMeasuredJob } = measuringOf(
    arrivals,
    counts.reduce((sum, n) => sum + n, 0),
  );
  const measured = rowsOf(trace, (row) => trace.job[row]! >= firstMeasuredJob); // row < rows
  const realised = realisedBound(measured, platform, models, () => false);
  assert.ok(figures.throughput <= realised * (1 + 1e-9), `${figures.throughput} is more than ${realised}`);
  if (noiseCv > 0 || drifts.some(({ factor }) => factor < 1)) return;
  const done = models.map((_, m) => count(measured, (row) => measured.model[row] === m && measured.outcome[row] === 0));
  const bound = capacity(bare(platform, models), done);
  assert.ok(figures.throughput <= bound * (1 + 1e-9), `${figures.throughput} is more than ${bound}`);
}

const count = (trace: TraceColumns, holds: (row: number) => boolean): number =>
  [...Array(trace.rows).keys()].filter(holds).length;

function rowsOf(trace: TraceColumns, holds: (row: number) => boolean): TraceColumns {
  const rows = [...Array(trace.rows).keys()].filter(holds);
  const kept = emptyColumns(rows.length, 0);
  for (const [at, row] of rows.entries()) copyRows(kept, at, trace, row, row + 1);
  return kept;
}

/** Replays the trace: no overlap on a unit, the table's own times, models within the slots, switches where one was replaced. */
function checkUnits(trace: TraceColumns, simulation: Omit<Simulation, 'policy'>): void {
  const { platform, models, conditions, noiseCv, drifts = [], outages = [] } = simulation;
  platform.forEach((unit, u) => {
    const rows = [...Array(trace.rows).keys()]
      .filter((row) => trace.unit[row] === u && trace.outcome[row] === 0)
      .sort((a, b) => trace.startMs[a]! - trace.startMs[b]!); // rows index columns
    const slots = unit.modelSlots ?? models.length;
    const slow = slowness(drifts, unit.id);
    const away = absences(outages, unit.id);
    let freeMs = 0;
    let resident: number[] = [];
    for (const row of rows) {
      const model = trace.model[row]!; // as above
      const [start, end, load] = [trace.startMs[row]!, trace.endMs[row]!, trace.loadMs[row]!]; // as above
      assert.ok(start - load >= freeMs - 1e-6, 'a unit does one thing at a time');
      assert.ok(start - load >= trace.arrivalMs[row]! - 1e-6, 'nothing starts before it was asked for'); // as above
      const tableMs = unit.latencyMs[`m${model}`] ?? Number.NaN;
      const near = [start - 1e-6, start, start + 1e-6].map((at) => tableMs * slow(at)); // the start is found from the end
      if (noiseCv === 0)
        assert.ok(
          near.some((ms) => Math.abs(end - start - ms) < 1e-6),
          'it takes its time',
        );
      const gap = away.find(({ fromMs, toMs }) => fromMs < end - 1e-6 && toMs > start - load + 1e-6);
      assert.equal(gap, undefined, 'nothing is done by a unit that is away');
      const evicts = !resident.includes(model) && resident.length >= slots;
      if (away.length === 0) assert.equal(trace.switched[row], evicts ? 1 : 0, 'a switch is what replaces a model');
      resident = [...resident.filter((m) => m !== model), model].slice(-slots);
      freeMs = end;
    }
    if (conditions.switchMs === 'forbidden' && slots < models.length)
      assert.ok(new Set(rows.map((row) => trace.model[row])).size <= 1, 'a pinned unit serves one model');
  });
}

test('a decision carries its reason and, for each unit, when it expected the job to end there', () => {
  const { trace } = simulate({ ...poster, policy: 'fcfs', counts: [1, 1, 0], explained: true });
  assert.equal(trace.alternatives, 4);
  const row = [...trace.job.subarray(0, 2)].indexOf(1);
  assert.equal(REASONS[trace.reason[row]!], 'oldest');
  const finish = [...trace.finishMs.subarray(row * 4, row * 4 + 4)].map((ms) => Number(ms.toFixed(3)));
  assert.deepEqual(
    finish,
    [582.072, 50.743, 57.479, 21.345],
    'the Coral first ends MobileNetV2, then would take 54 ms',
  );
  assert.ok(trace.price.subarray(0, 8).every(Number.isNaN), 'fcfs has no prices');
  const silent = simulate({ ...poster, policy: 'fcfs', counts: [1, 1, 0] }).trace;
  assert.deepEqual([silent.alternatives, silent.reason[0]], [0, 255]);
});
