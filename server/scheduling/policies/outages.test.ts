import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JobId, ModelId, ProcessingUnit, UnitId } from '../../hardware/unit.ts';
import { createEngine, type Engine } from '../engine.ts';
import { createProfiler } from '../profiler.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { createVirtualDriver } from '../virtual-driver.ts';
import { createPolicy } from './index.ts';

// Policies that keep queues of their own must lose nothing when units come and go.

const FIELD = ['mct', 'heft', 'minmin', 'sufferage', 'stealing', 'maxweight'];
const MODELS = ['m0', 'm1', 'm2'] as ModelId[];

const scenes = fc.record({
  /** [unit][model] milliseconds; null = cannot run there, 0 = can, but nobody has measured it. */
  cells: fc.array(fc.tuple(...MODELS.map(() => fc.option(fc.integer({ min: 0, max: 40 }), { freq: 4 }))), {
    minLength: 1,
    maxLength: 4,
  }),
  depth: fc.integer({ min: 1, max: 2 }),
  slots: fc.integer({ min: 1, max: 3 }),
  aheadMs: fc.constantFrom(0, 3, 20),
  jobs: fc.array(fc.record({ model: fc.nat(2), atMs: fc.nat(300) }), { minLength: 1, maxLength: 60 }),
  outages: fc.array(fc.record({ unit: fc.nat(3), fromMs: fc.nat(300), forMs: fc.integer({ min: 1, max: 200 }) }), {
    maxLength: 3,
  }),
});

/** Job → how it ended: what `done` and `failed` said of it. */
function play(name: string, scene: typeof scenes extends fc.Arbitrary<infer S> ? S : never): Map<number, string[]> {
  const { cells, depth, slots, aheadMs } = scene;
  const clock = createVirtualClock();
  const units: ProcessingUnit[] = cells.map((row, u) => ({
    id: `u${u}` as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots: slots,
    depth,
    accepts: (model) => row[MODELS.indexOf(model)] != null,
    switchCostMs: (from) => (from === null ? 0 : 15),
  }));
  const known = cells.flatMap(
    (row, u) => MODELS.flatMap((model, m) => (row[m] ? [{ model, unit: `u${u}` as UnitId, meanMs: row[m]! }] : [])), // just seen
  );
  const answers = new Map<number, string[]>();
  const note = (job: number, word: string) => answers.set(job, [...(answers.get(job) ?? []), word]);
  const engine: Engine = createEngine({
    clock,
    aheadMs,
    models: MODELS,
    units: units.map((unit, u) => ({
      unit,
      driver: createVirtualDriver(unit, { next: (model) => cells[u]![MODELS.indexOf(model as ModelId)] || 7 }, clock), // one row per unit
    })),
    policy: createPolicy(name, {
      units,
      models: MODELS,
      mix: [1, 1, 1],
      jobs: [20, 20, 20],
      latencyMs: (model, unit) => known.find((cell) => cell.model === model && cell.unit === unit)?.meanMs ?? null,
      ranks: new Map(),
    }),
    profiler: createProfiler(
      known.map((cell) => ({ ...cell, p95Ms: cell.meanMs, loadMs: 0, samples: 1, source: 'given' as const })),
    ),
    callback: { done: (job) => note(job.id, 'done'), failed: (job) => note(job.id, 'failed'), lost: () => {} },
    moreToCome: () => true,
    explained: false,
  });
  const inOrder = [...scene.jobs].sort((a, b) => a.atMs - b.atMs);
  inOrder.forEach(({ model: m, atMs }, id) => {
    const model = MODELS[m]!; // drawn below 3
    const job = { id: id as JobId, model, arrivalMs: atMs, input: 0, attempt: 1, deadlineMs: Infinity, priority: 0 };
    if (cells.some((row) => row[m] != null)) clock.after(atMs, () => engine.submit(job));
  });
  for (const { unit, fromMs, forMs } of scene.outages) {
    const id = units[unit % units.length]!.id; // inside
    clock.after(fromMs, () => engine.lost(id, 'unplugged'));
    if (Number.isFinite(forMs)) clock.after(fromMs + forMs, () => engine.returned(id, []));
  }
  clock.run();
  return answers;
}

for (const policy of FIELD)
  test(`${policy} answers every job once, whatever units come and go and whatever was never measured`, () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const answers = play(policy, scene);
        const able = scene.jobs.filter(({ model }) => scene.cells.some((row) => row[model] != null)).length;
        assert.equal(answers.size, able, 'every job that some unit can run is answered');
        assert.ok(
          [...answers.values()].every((words) => words.length === 1),
          'and once',
        );
      }),
      { numRuns: 300, seed: 20261130 },
    );
  });

for (const policy of FIELD)
  test(`${policy} leaves nothing with a unit that is gone for good`, () => {
    const jobs = Array.from({ length: 20 }, () => ({ model: 0, atMs: 0 }));
    const outages = [{ unit: 0, fromMs: 8, forMs: Number.POSITIVE_INFINITY }];
    const answers = play(policy, {
      ...{ depth: 1, slots: 3, aheadMs: 0, jobs, outages },
      cells: [
        [5, 5, 5],
        [9, 9, 9],
      ],
    });
    assert.equal(answers.size, 20);
  });

test('what a lost unit was dealt is not left until the others have nothing of their own', () => {
  const jobs = Array.from({ length: 40 }, (_, id) => ({ model: 0, atMs: id < 20 ? 0 : 50 }));
  const answers = play('stealing', {
    ...{ depth: 1, slots: 3, aheadMs: 0, jobs, outages: [{ unit: 0, fromMs: 8, forMs: Number.POSITIVE_INFINITY }] },
    cells: [
      [5, 5, 5],
      [9, 9, 9],
    ],
  });
  assert.ok([...answers.keys()].slice(0, 20).every((job) => job < 20));
});
