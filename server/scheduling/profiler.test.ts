import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler } from './profiler.ts';

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
  told.observe(model, unit, 42.69);
  assert.ok(Math.abs((told.profile(model, unit)?.meanMs ?? 0) - 21.345 * (1 + 1 / 21)) < 1e-9);
  for (let i = 0; i < 500; i++) told.observe(model, unit, 42.69);
  assert.ok((told.profile(model, unit)?.meanMs ?? 0) > 42);
});

test('p95 is taken over the last measurements', () => {
  const profiler = createProfiler([]);
  for (let i = 1; i <= 200; i++) profiler.observe(model, unit, i);
  const p95 = profiler.profile(model, unit)?.p95Ms ?? 0;
  assert.ok(p95 >= 190 && p95 <= 200, `${p95}`);
});
