import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { capacity } from '../scheduling/capacity.ts';
import { policyNames } from '../scheduling/policies/index.ts';
import { REASONS } from '../scheduling/reason.ts';
import { posterPlatform, posterSimulation } from '../test/drawing.ts';
import { bare, type PlatformUnit } from './platform.ts';
import { type Simulation, simulate } from './simulate.ts';
import type { TraceColumns } from './trace.ts';

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

// Anything at all: tables with holes, one-slot units, any mix, every policy.
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
      ratePerS: fc.option(fc.integer({ min: 5, max: 300 })),
    }),
  )
  .filter(
    ({ cells, counts }) => counts.some((n) => n > 0) && counts.every((_, m) => cells.some((row) => row[m] !== null)),
  );

function drawn({
  cells,
  slots,
  counts,
  switchMs,
  depth,
  ratePerS,
}: {
  cells: (number | null)[][];
  slots: (number | null)[];
  counts: number[];
  switchMs: number | 'forbidden';
  depth: number;
  ratePerS: number | null;
}): Omit<Simulation, 'policy'> {
  const platform: PlatformUnit[] = cells.map((row, u) => ({
    id: `u${u}` as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots: slots[u] ?? null,
    switchMs: 0,
    latencyMs: Object.fromEntries(row.map((ms, m) => [`m${m}`, ms])),
    poster: null,
  }));
  const arrivals = ratePerS === null ? ({ kind: 'closed' } as const) : ({ kind: 'poisson', ratePerS } as const);
  return {
    platform,
    models: counts.map((_, m) => `m${m}` as ModelId),
    counts,
    arrivals,
    ranks: 'profiler',
    posterRanks: {},
    conditions: { switchMs, depth },
    seed: 3,
    noiseCv: 0,
  };
}

test('whatever the platform: each job is answered once, no unit does two things at once, and nothing beats the bound', () => {
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
      assert.equal(new Set(run.trace.job.subarray(0, run.trace.rows)).size, total);
      assert.equal(run.trace.rows, total);
      checkUnits(run.trace, simulation);
      if (simulation.arrivals.kind === 'closed' && run.figures && run.failed === 0)
        assert.ok(
          run.figures.throughput <=
            capacity(bare(simulation.platform, simulation.models), simulation.counts) * (1 + 1e-9),
        );
    }),
    { numRuns: 1500, seed: 20261124 },
  );
});

/** Replays the trace: no overlap on a unit, the table's own times, models within the slots, switches where one was replaced. */
function checkUnits(trace: TraceColumns, simulation: Omit<Simulation, 'policy'>): void {
  simulation.platform.forEach((unit, u) => {
    const rows = [...Array(trace.rows).keys()]
      .filter((row) => trace.unit[row] === u && trace.outcome[row] === 0)
      .sort((a, b) => trace.startMs[a]! - trace.startMs[b]!); // rows index columns
    const slots = unit.modelSlots ?? simulation.models.length;
    let freeMs = 0;
    let resident: number[] = [];
    for (const row of rows) {
      const model = trace.model[row]!; // as above
      const [start, end, load] = [trace.startMs[row]!, trace.endMs[row]!, trace.loadMs[row]!]; // as above
      assert.ok(start - load >= freeMs - 1e-6, 'a unit does one thing at a time');
      assert.ok(start - load >= trace.arrivalMs[row]! - 1e-6, 'nothing starts before it was asked for'); // as above
      assert.ok(
        Math.abs(end - start - (unit.latencyMs[`m${model}`] ?? Number.NaN)) < 1e-6,
        'it takes the table’s time',
      );
      const evicts = !resident.includes(model) && resident.length >= slots;
      assert.equal(trace.switched[row], evicts ? 1 : 0, 'a switch is what replaces a model');
      resident = [...resident.filter((m) => m !== model), model].slice(-slots);
      freeMs = end;
    }
    if (simulation.conditions.switchMs === 'forbidden' && slots < simulation.models.length)
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
