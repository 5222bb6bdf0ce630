import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, logNormal } from '../hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type Drift, type Profiler } from './profiler.ts';

const [model, unit] = ['m' as ModelId, 'u' as UnitId];
const given = { model, unit, meanMs: 21.345, p95Ms: 21.345, loadMs: 0, samples: 1, source: 'given' as const };
const MODELS = ['m', 'n', 'o'] as ModelId[];
const TIMES: Record<string, number> = { m: 21.345, n: 10.499, o: 31.77 };
const row = MODELS.map((model) => ({ ...given, model, meanMs: TIMES[model]!, p95Ms: TIMES[model]! })); // every model has a time

/** Rounds of twice the table's times that are no passing thing any more. */
const LASTING = 30;

const mean = (profiler: Profiler, of = model): number => profiler.profile(of, unit)?.meanMs ?? Number.NaN;
const near = (a: number, b: number, within: number) => assert.ok(Math.abs(a / b - 1) <= within, `${a} is not ${b}`);

/** So many measurements of models drawn at random, log-normal around `factor` times their table. */
function measure(profiler: Profiler, count: number, cv: number, seed: number, factor = 1): void {
  const random = createRandom('measure', seed);
  for (let i = 0; i < count; i++) {
    const model = MODELS[Math.floor(random() * MODELS.length)]!; // within the models
    profiler.observe(model, unit, factor * TIMES[model]! * (cv === 0 ? 1 : logNormal(random, cv))); // as above
  }
}

function measureExactly(profiler: Profiler, models: readonly ModelId[], times: number, factor = 1): void {
  for (let i = 0; i < times; i++) for (const model of models) profiler.observe(model, unit, factor * TIMES[model]!); // every model has a time
}

test('what was never given and never measured is unknown', () => {
  assert.equal(createProfiler([]).profile(model, unit), undefined);
});

test('a measurement equal to the mean leaves it bit for bit as it was', () => {
  const profiler = createProfiler([given]);
  for (let i = 0; i < 1000; i++) profiler.observe(model, unit, 21.345);
  assert.equal(mean(profiler), 21.345);
  assert.equal(profiler.profile(model, unit)?.source, 'measured');
  const fresh = createProfiler([]);
  for (let i = 0; i < 1000; i++) fresh.observe(model, unit, 21.345);
  assert.equal(mean(fresh), 21.345);
});

test('from nothing, the mean is the plain mean; from a given value it moves slowly, and in the end all the way', () => {
  const fresh = createProfiler([]);
  for (const ms of [10, 20, 30]) fresh.observe(model, unit, ms);
  assert.equal(mean(fresh), 20);
  const told = createProfiler([given]);
  told.observe(model, unit, 24);
  near(mean(told), 21.345 + (24 - 21.345) / 21, 1e-12);
  for (let i = 0; i < 500; i++) told.observe(model, unit, 24);
  near(mean(told), 24, 1e-4);
});

test('quantiles are taken over the last measurements', () => {
  const profiler = createProfiler([]);
  for (let i = 0; i < 1000; i++) profiler.observe(model, unit, 100 + ((i * 37) % 100) / 10);
  const { p50Ms, p95Ms, p99Ms } = profiler.profile(model, unit)!; // was measured
  near(p50Ms, 105, 0.005);
  near(p95Ms, 109.5, 0.003);
  near(p99Ms, 109.9, 0.002);
});

test('the interval of the mean needs two measurements, and narrows', () => {
  const profiler = createProfiler([]);
  profiler.observe(model, unit, 10);
  assert.equal(profiler.profile(model, unit)?.ciMs, null);
  profiler.observe(model, unit, 12);
  near(profiler.profile(model, unit)?.ciMs ?? 0, 12.7062, 1e-6); // Student's t of one degree of freedom, a deviation of 1.414, n = 2
  for (let i = 0; i < 48; i++) profiler.observe(model, unit, i % 2 ? 12 : 10);
  near(profiler.profile(model, unit)?.ciMs ?? 0, 2.0096 * Math.sqrt(50 / 49 / 50), 1e-3);
});

test('a spike moves neither mean nor p95, and is counted', () => {
  const profiler = createProfiler([given]);
  measure(profiler, 300, 0.1, 1);
  const before = profiler.profiles().find((p) => p.model === model)!; // it was given
  profiler.observe(model, unit, 20 * 21.345);
  assert.equal(mean(profiler), before.meanMs);
  near(profiler.profile(model, unit)?.p95Ms ?? 0, before.p95Ms, 0.05);
  measure(profiler, 30, 0.1, 2);
  assert.equal(profiler.profile(model, unit)?.outliers, before.outliers + 1);
  assert.equal(profiler.drifts, 0);
});

test('a spike does not become the p99 of the few that are known', () => {
  for (const count of [21, 60, 200]) {
    const profiler = createProfiler([given]);
    measure(profiler, 3 * count, 0.1, count);
    const before = profiler.profiles().find((p) => p.model === model)!; // it was given
    profiler.observe(model, unit, 20 * 21.345);
    near(profiler.profile(model, unit)?.p99Ms ?? 0, before.p99Ms, 1e-9);
  }
});

test('a unit that slows down and recovers is followed both times', () => {
  const profiler = createProfiler(row);
  measureExactly(profiler, MODELS, 10);
  const [m, n, o] = MODELS as [ModelId, ModelId, ModelId];
  measureExactly(profiler, [m, n, m], LASTING, 2);
  near(mean(profiler, o), 2 * TIMES.o!, 1e-9);
  measureExactly(profiler, [m, n, m], LASTING);
  near(mean(profiler, o), TIMES.o!, 1e-9);
  assert.equal(profiler.drifts, 2);
});

test('the very first measurement may be the spike', () => {
  const profiler = createProfiler([]);
  for (const ms of [400, 20, 21, 20, 19, 20, 20]) profiler.observe(model, unit, ms);
  near(mean(profiler), 20, 0.01);
  assert.equal(profiler.drifts, 0);
});

test('a doubling is followed once it has lasted for 1.2 s of work, for every model of the unit at once', () => {
  const heard: Drift[] = [];
  const profiler = createProfiler(row, undefined, (drift) => heard.push(drift));
  measure(profiler, 50, 0, 1);
  for (let i = 0; i < 30; i++) profiler.observe(model, unit, 42.69);
  assert.equal(profiler.drifts, 0);
  assert.equal(mean(profiler), 21.345);
  profiler.observe(model, unit, 42.69);
  assert.deepEqual(
    MODELS.map((model) => mean(profiler, model)),
    MODELS.map((model) => 2 * TIMES[model]!), // every model has a time
  );
  assert.deepEqual(heard, [{ unit, models: null, factor: 2, atSample: 81 }]);
  assert.equal(profiler.drifts, 1);
  assert.equal(profiler.profile(model, unit)?.outliers, 0);
});

test('a doubling under noise is found within 1.5 s of work on average', () => {
  const averageMs = (2 * (TIMES.m! + TIMES.n! + TIMES.o!)) / 3; // they have times
  for (const cv of [0.1, 0.3]) {
    let total = 0;
    for (let seed = 0; seed < 200; seed++) {
      const profiler = createProfiler(row);
      measure(profiler, 200, cv, seed);
      const alarms = profiler.drifts;
      for (let i = 0; profiler.drifts === alarms && i < 500; i++, total++) measure(profiler, 1, cv, 1000 * seed + i, 2);
    }
    assert.ok((total / 200) * averageMs <= 1500, `${total / 200} measurements at ${cv}`);
  }
});

test('a unit that slows by a fifth is noticed too', () => {
  let noticed = 0;
  for (let seed = 0; seed < 50; seed++) {
    const profiler = createProfiler(row);
    measure(profiler, 300, 0.1, seed);
    measure(profiler, 100, 0.1, seed + 1000, 1.2);
    if (profiler.drifts > 0) noticed++;
  }
  assert.ok(noticed >= 40, `${noticed} of 50`);
});

test('noise alone gives no alarm and no bias to speak of', () => {
  for (const [cv, most] of [
    [0.1, 0],
    [0.3, 0],
  ] as const) {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      const profiler = createProfiler(seed % 2 ? row : []);
      let sum = 0;
      for (let i = 0; i < 1000; i++) {
        measure(profiler, 10, cv, 1000 * seed + i);
        sum += MODELS.reduce(
          (s, model) => s + (profiler.profile(model, unit)?.meanMs ?? TIMES[model]!) / TIMES[model]!,
          0,
        ); // as above
      }
      near(sum / 3000, 1, 0.02);
      alarms += profiler.drifts;
    }
    assert.ok(alarms <= most, `${alarms} alarms in 200 000 measurements at ${cv}`);
  }
});

test('one model that slows while the others do not is not taken for the unit', () => {
  const profiler = createProfiler(row);
  measure(profiler, 60, 0, 1);
  const [m, n] = MODELS as [ModelId, ModelId];
  for (let i = 0; i < LASTING; i++) {
    profiler.observe(m, unit, 3 * TIMES.m!);
    profiler.observe(n, unit, TIMES.n!);
  }
  near(mean(profiler, m), 3 * TIMES.m!, 1e-9);
  assert.equal(mean(profiler, n), TIMES.n);
});

test('a model that was carried along too far is put right without moving the one that was measured', () => {
  const profiler = createProfiler(row);
  measure(profiler, 60, 0, 1);
  const [m, n] = MODELS as [ModelId, ModelId];
  measureExactly(profiler, [m], LASTING, 3);
  near(mean(profiler, n), 3 * TIMES.n!, 1e-9);
  measureExactly(profiler, [n], 3);
  near(mean(profiler, n), TIMES.n!, 1e-9);
  near(mean(profiler, m), 3 * TIMES.m!, 1e-9);
});

test('a model that is met for the first time while its unit slows down does not hide that', () => {
  const profiler = createProfiler(row.slice(0, 2));
  const [m, n, o] = MODELS as [ModelId, ModelId, ModelId];
  measureExactly(profiler, [m, n], 30);
  measureExactly(profiler, [o, m], LASTING, 2);
  assert.equal(mean(profiler, n), 2 * TIMES.n!);
  near(mean(profiler, o), 2 * TIMES.o!, 1e-9);
  assert.equal(profiler.drifts, 1);
});

test('the load time is the middle one of the last few', () => {
  const profiler = createProfiler([given]);
  for (const ms of [500, 510, 9000]) profiler.observeLoad(model, unit, ms);
  assert.equal(profiler.profile(model, unit)?.loadMs, 510);
});

test('what was learned elsewhere comes with its spread', () => {
  const profiler = createProfiler([]);
  measure(profiler, 300, 0.1, 1);
  const again = createProfiler(profiler.profiles());
  assert.deepEqual(again.profiles(), profiler.profiles());
});
