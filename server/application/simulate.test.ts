import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { policyNames } from '../scheduling/policies/index.ts';
import { REASONS } from '../scheduling/reason.ts';
import { posterPlatform, posterSimulation } from '../test/drawing.ts';
import { checkLaws } from '../test/schedule-laws.ts';
import { scenes } from '../test/schedule-scenes.ts';
import type { PlatformUnit } from './platform.ts';
import { simulate } from './simulate.ts';

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

test('whatever the platform and the day: each job is answered once, units do one thing at a time, nothing beats the bound or stands still', () => {
  const seen = { kept: 0, refused: 0 };
  fc.assert(
    fc.property(scenes, fc.constantFrom(...policyNames()), (scene, policy) => {
      seen[checkLaws(scene, policy)]++;
    }),
    { numRuns: 2000, seed: 20261124 },
  );
  assert.ok(seen.kept > 5 * seen.refused, `${seen.refused} of 2000 scenes say nothing`);
});

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
