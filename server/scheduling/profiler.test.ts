import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, logNormal } from '../hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type Profile } from './profiler.ts';

const [model, unit] = ['m' as ModelId, 'u' as UnitId];
const given = { model, unit, meanMs: 21.345, p95Ms: 21.345, loadMs: 0, samples: 1, source: 'given' as const };

test('what was never given and never measured is unknown', () => {
  assert.equal(createProfiler([]).profile(model, unit), undefined);
});

test('a measurement equal to the mean leaves it bit for bit as it was', () => {
  const profiler = createProfiler([given]);
  for (let i = 0; i < 1000; i++) profiler.observe(model, unit, 21.345);
  assert.equal(profiler.profile(model, unit)?.meanMs, 21.345);
  assert.equal(profiler.profile(model, unit)?.source, 'measured');
});

test('from nothing, the mean is the plain mean; from a given value it moves slowly, and in the end all the way', () => {
  const fresh = createProfiler([]);
  for (const ms of [10, 20, 30]) fresh.observe(model, unit, ms);
  assert.equal(fresh.profile(model, unit)?.meanMs, 20);
  const told = createProfiler([given]);
  told.observe(model, unit, 21.345 * 1.2);
  assert.ok(Math.abs((told.profile(model, unit)?.meanMs ?? 0) - 21.345 * (1 + 0.2 / 21)) < 1e-9);
  for (let i = 0; i < 500; i++) told.observe(model, unit, 21.345 * 1.2);
  assert.ok((told.profile(model, unit)?.meanMs ?? 0) > 21.345 * 1.199);
});

test('p95 is taken over the last measurements', () => {
  const profiler = createProfiler([]);
  for (let i = 1; i <= 200; i++) profiler.observe(model, unit, i);
  const p95 = profiler.profile(model, unit)?.p95Ms ?? 0;
  assert.ok(p95 >= 190 && p95 <= 200, `${p95}`);
});

const npu = 'npu' as UnitId;
const [small, large] = ['small', 'large'] as ModelId[] as [ModelId, ModelId];
const known = (meanMs: number, model: ModelId): Profile => ({
  model,
  unit: npu,
  meanMs,
  p95Ms: meanMs,
  loadMs: 0,
  samples: 1,
  source: 'given',
});

test('one spike moves neither the mean nor the quantiles, and is counted', () => {
  const profiler = createProfiler([known(10, small)]);
  for (let i = 0; i < 30; i++) profiler.observe(small, npu, 10);
  profiler.observe(small, npu, 200);
  profiler.observe(small, npu, 10);
  const profile = profiler.profile(small, npu);
  assert.deepEqual([profile?.meanMs, profile?.p99Ms, profile?.outliers], [10, 10, 1]);
  assert.equal(profiler.drifts.length, 0);
});

test('a unit that slows down is followed after three measurements, on all its models, and back', () => {
  const profiler = createProfiler([known(10, small), known(30, large)]);
  for (let i = 0; i < 3; i++) profiler.observe(small, npu, 20);
  assert.deepEqual(profiler.drifts, [{ unit: npu, factor: 2 }]);
  assert.equal(profiler.profile(large, npu)?.meanMs, 60);
  for (const [model, ms] of [
    [small, 10],
    [large, 30],
    [small, 10],
  ] as const)
    profiler.observe(model, npu, ms);
  assert.equal(profiler.profile(large, npu)?.meanMs, 30);
});

test('noise raises no alarm and leaves the mean where it is', () => {
  for (const cv of [0.1, 0.3]) {
    const random = createRandom(7, cv);
    const profiler = createProfiler([known(10, small)]);
    let sum = 0;
    for (let i = 0; i < 20_000; i++) {
      profiler.observe(small, npu, 10 * logNormal(random, cv));
      sum += profiler.profile(small, npu)?.meanMs ?? 0;
    }
    assert.equal(profiler.drifts.length, 0);
    assert.ok(Math.abs(sum / 20_000 / 10 - 1) < 0.02, `${sum / 20_000}`);
  }
});

test('what was never measured is guessed by weight, at the speed of what was', () => {
  const profiler = createProfiler([], {
    units: [npu],
    weight: new Map([
      [small, 2e6],
      [large, 6e6],
    ]),
  });
  assert.equal(profiler.profile(large, npu)?.source, 'guessed');
  profiler.observe(small, npu, 10);
  assert.ok(Math.abs((profiler.profile(large, npu)?.meanMs ?? 0) - 15) < 1e-9, 'half of 30: hope');
});
