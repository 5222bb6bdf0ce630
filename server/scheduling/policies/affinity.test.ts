import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlatformUnit, policyOptions, unitsOf } from '../../application/platform.ts';
import { createRandom } from '../../hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { asked } from '../../test/drawing.ts';
import { oneToOne, shared } from '../mapping.ts';

test('affinity gives each model the unit of the mapping with the least makespan', () => {
  // 100 of each: MobileNetV2 → Coral, ResNet50 → NCS2, ResNet101 → NPU; the CPU stays idle.
  assert.equal(asked('affinity', { queue: 'R101 R50 M', idle: 'coral' }), 'M#2 → coral');
  assert.equal(asked('affinity', { queue: 'R101 R50 M', idle: 'ncs2' }), 'R50#1 → ncs2');
  assert.equal(asked('affinity', { queue: 'R101 R50 M', idle: 'npu' }), 'R101#0 → npu');
  assert.equal(asked('affinity', { queue: 'R101 R50 M', idle: 'cpu' }), 'waits');
});

const platform = (table: Record<string, (number | null)[]>, modelSlots: number | null = null): PlatformUnit[] =>
  Object.entries(table).map(([id, row]) => ({
    id: id as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots,
    switchMs: 100,
    latencyMs: Object.fromEntries(row.map((ms, m) => [`m${m}`, ms])),
    poster: null,
  }));

function options(units: PlatformUnit[], jobs: number[], mix: number[] = jobs) {
  const models = jobs.map((_, m) => `m${m}` as ModelId);
  return policyOptions(
    units,
    unitsOf(units, models, jobs, { switchMs: 'table', depth: 1 }),
    models,
    { jobs, mix },
    'profiler',
    {},
  );
}

/** Every mapping of models to units, tried one by one. */
function leastLoad(table: number[][], jobs: number[], injective: boolean): number {
  let least = Number.POSITIVE_INFINITY;
  const units = table.length;
  for (let code = 0; code < units ** jobs.length; code++) {
    const map = jobs.map((_, m) => Math.floor(code / units ** m) % units);
    if (injective && new Set(map).size < map.length) continue;
    const load = table.map((row, u) => jobs.reduce((sum, n, m) => sum + (map[m] === u ? n * row[m]! : 0), 0)); // drawn table
    least = Math.min(least, Math.max(...load));
  }
  return least;
}

test('the mapping is the best of all, one to one and shared, on a hundred small tables', () => {
  const random = createRandom(7);
  for (let round = 0; round < 100; round++) {
    const models = 2 + (round % 4);
    const units = 3;
    const table = Array.from({ length: units }, () =>
      Array.from({ length: models }, () => 1 + Math.floor(random() * 50)),
    );
    const jobs = Array.from({ length: models }, () => 1 + Math.floor(random() * 20));
    const asked = options(platform(Object.fromEntries(table.map((row, u) => [`u${u}`, row]))), jobs);
    const injective = models <= units;
    const mapping = injective ? oneToOne(asked) : shared(asked);
    assert.ok(mapping);
    const load = table.map((row, u) =>
      jobs.reduce((sum, n, m) => sum + (mapping.get(`m${m}` as ModelId) === `u${u}` ? n * row[m]! : 0), 0),
    ); // drawn table
    assert.equal(Math.max(...load), leastLoad(table, jobs, injective));
    if (injective) assert.equal(new Set(mapping.values()).size, models);
  }
});

test('sharing counts the switches of a unit with one slot', () => {
  // u1 is quicker for both, but would replace its model at almost every job.
  const units = [...platform({ u0: [30, 30] }), ...platform({ u1: [10, 10] }, 1)];
  assert.deepEqual([...shared(options(units, [10, 10]))!.values()], ['u0', 'u1']); // a mapping exists
});
