import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POSTER_PARAMETERS, POSTER_TABLE } from '../hardware/simulated/poster.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler } from './profiler.ts';

const units = POSTER_TABLE.units.map((unit) => unit.id as UnitId);
const [cpu, ncs2, , npu] = units as [UnitId, UnitId, UnitId, UnitId];
const [mobilenet, r50, r101] = POSTER_TABLE.models as [ModelId, ModelId, ModelId];
const prior = { units, weight: new Map(Object.entries(POSTER_PARAMETERS)) as unknown as Map<ModelId, number> };
/** A pair that was never tried is shown at so much of its guess. */
const HOPE = 0.5;
const truth = (model: ModelId, unit: UnitId) => POSTER_TABLE.latencyMs[unit]?.[model] ?? Number.NaN;

test('where nothing was measured, a million parameters take a millisecond, and half of that is hoped for', () => {
  const profile = createProfiler([], prior).profile(r50, cpu);
  assert.ok(Math.abs((profile?.meanMs ?? 0) - HOPE * 25.636712) < 1e-9, `${profile?.meanMs}`);
  assert.equal(profile?.source, 'guessed');
  assert.equal(profile?.samples, 0);
});

test('without a prior, or for a model or a unit that it does not know, nothing is guessed', () => {
  assert.equal(createProfiler([]).profile(r50, cpu), undefined);
  assert.equal(createProfiler([], prior).profile('vgg' as ModelId, cpu), undefined);
  assert.equal(createProfiler([], prior).profile(r50, 'gpu' as UnitId), undefined);
});

test('one measurement on a unit moves all that is guessed there, at once and in proportion', () => {
  const profiler = createProfiler([], prior);
  profiler.observe(r50, cpu, 512);
  const [light, heavy] = [profiler.profile(mobilenet, cpu), profiler.profile(r101, cpu)];
  assert.ok(Math.abs((light?.meanMs ?? 0) - (HOPE * 512 * 3_538_984) / 25_636_712) < 1e-6);
  assert.ok(Math.abs((heavy?.meanMs ?? 0) - (HOPE * 512 * 44_707_176) / 25_636_712) < 1e-6);
  profiler.observe(r50, cpu, 1024);
  assert.ok((profiler.profile(r101, cpu)?.meanMs ?? 0) > (heavy?.meanMs ?? 0));
});

test('a unit that was never measured is taken for the mean of the others', () => {
  const profiler = createProfiler([], prior);
  profiler.observe(r50, cpu, 400);
  profiler.observe(r50, npu, 25);
  assert.ok(Math.abs((profiler.profile(r50, ncs2)?.meanMs ?? 0) - HOPE * 100) < 1e-6);
});

test('from two models on, how time grows with weight is learned: better than in proportion on the poster’s table', () => {
  let [guessed, proportional] = [0, 0];
  for (const unit of units) {
    for (const model of [mobilenet, r50, r101]) {
      const others = [mobilenet, r50, r101].filter((other) => other !== model);
      const profiler = createProfiler([], prior);
      for (const u of units)
        for (const m of [mobilenet, r50, r101]) if (u !== unit || m !== model) profiler.observe(m, u, truth(m, u));
      const log = (ms: number) => Math.log(ms / truth(model, unit)) ** 2;
      const perWeight = others.reduce((s, m) => s + Math.log(truth(m, unit) / POSTER_PARAMETERS[m]!), 0) / 2; // it has all models
      guessed += log((profiler.profile(model, unit)?.meanMs ?? Number.NaN) / HOPE);
      proportional += log(Math.exp(perWeight) * POSTER_PARAMETERS[model]!); // as above
    }
  }
  assert.ok(guessed < 0.8 * proportional, `${guessed} against ${proportional}`);
});
