import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, logNormal, type Random } from '../hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type Drift, type KnownProfile } from './profiler.ts';

const [model, unit] = ['m' as ModelId, 'u' as UnitId];
const TABLES = { alone: { m: 3.4 }, three: { m: 3.4, n: 10.5, o: 21.3 } };
const CVS = [0, 0.03, 0.1];
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);

const near = (a: number, b: number, within: number) => assert.ok(Math.abs(a / b - 1) <= within, `${a} is not ${b}`);

const given = (table: Readonly<Record<string, number>>): KnownProfile[] =>
  Object.entries(table).map(([model, meanMs]) => ({
    ...{ model: model as ModelId, unit, meanMs, p95Ms: meanMs },
    ...{ loadMs: 0, samples: 1, source: 'given' },
  }));

/** A unit whose table is known, measured on models drawn at random. */
function unitOf(table: Readonly<Record<string, number>>, cv: number, seed: number) {
  const heard: Drift[] = [];
  const models = Object.keys(table) as ModelId[];
  const profiler = createProfiler(given(table), undefined, (drift) => heard.push(drift));
  const random = createRandom('unit', seed);
  const measure = (slowness: number, addedMs: number): number => {
    const model = models[Math.floor(random() * models.length)]!; // within the models
    const ms = slowness * table[model]! * (cv === 0 ? 1 : logNormal(random, cv)) + addedMs; // it has a time
    profiler.observe(model, unit, ms);
    return ms;
  };
  /** How many times its table's each time is by what is known now. */
  const ratios = () => models.map((model) => profiler.profile(model, unit)!.meanMs / table[model]!); // it was given
  return {
    heard,
    ratios,
    /** The farthest that what was known ever was from the truth, as a logarithm. */
    run(jobs: number, slowness: (job: number) => number, addedMs: () => number = () => 0): number {
      let worst = 0;
      for (let job = 0; job < jobs; job++) {
        measure(slowness(job), addedMs());
        for (const ratio of ratios()) worst = Math.max(worst, Math.abs(Math.log(ratio / slowness(job))));
      }
      return worst;
    },
    /** Milliseconds of service until a change is told. */
    untilHeard(slowness: number, addedMs: () => number = () => 0): number {
      let ms = 0;
      while (heard.length === 0 && ms < 60_000) ms += measure(slowness, addedMs());
      return ms;
    },
  };
}

const SHARE = 0.05;
const MEAN_LENGTH = 17.5;

/** A busy host: a job in twenty is in a burst of 5 to 30 that are delayed by 2 to 20 ms, half of the bursts all alike. */
function bursts(random: Random): () => number {
  const between = (from: number, to: number) => from + (to - from) * random();
  let left = 0;
  let alike = 0;
  return () => {
    if (left === 0 && random() < SHARE / (MEAN_LENGTH * (1 - SHARE))) {
      left = Math.floor(between(5, 31));
      alike = random() < 0.5 ? between(2, 20) : 0;
    }
    if (left === 0) return 0;
    left--;
    return alike || between(2, 20);
  };
}

for (const [name, table] of Object.entries(TABLES)) {
  test(`noise is no change of a unit's speed: ${name}`, () => {
    for (const cv of [...CVS, 0.3]) {
      for (const seed of SEEDS) {
        const watched = unitOf(table, cv, seed);
        watched.run(20_000, () => 1);
        assert.equal(watched.heard.length, 0);
      }
    }
  });

  test(`bursts of delay are neither a change of a unit's speed nor do they move what is known of it: ${name}`, () => {
    for (const cv of CVS) {
      for (const seed of SEEDS) {
        const watched = unitOf(table, cv, seed);
        const worst = watched.run(20_000, () => 1, bursts(createRandom('bursts', seed)));
        assert.equal(watched.heard.length, 0);
        assert.ok(worst < 0.06, `off by ${worst} at ${cv}`);
      }
    }
  });

  test(`a lasting change is told once, of the unit, by its factor, within two seconds: ${name}`, () => {
    for (const cv of CVS) {
      for (const factor of [2, 1.3, 0.5]) {
        for (const seed of SEEDS) {
          const watched = unitOf(table, cv, seed);
          watched.run(2000, () => 1);
          const tookMs = watched.untilHeard(factor);
          assert.ok(tookMs < 2000, `${tookMs} ms for ${factor} at ${cv}`);
          watched.run(2000, () => factor);
          assert.deepEqual(
            watched.heard.map(({ models }) => models),
            [null],
          );
          near(watched.heard[0]!.factor, factor, 0.08); // it was heard
          for (const ratio of watched.ratios()) near(ratio, factor, 0.06);
        }
      }
    }
  });

  test(`a change from before the first measurement is told as well: ${name}`, () => {
    for (const cv of CVS) {
      for (const factor of [2, 1.5, 0.5]) {
        for (const seed of SEEDS) {
          const watched = unitOf(table, cv, seed);
          const tookMs = watched.untilHeard(factor);
          assert.ok(tookMs < 3000, `${tookMs} ms for ${factor} at ${cv}`);
          watched.run(1000, () => factor);
          for (const ratio of watched.ratios()) near(ratio, factor, 0.06);
        }
      }
    }
  });

  test(`bursts do not hide a lasting change: ${name}`, () => {
    for (const [factor, withinMs] of [
      [2, 2000],
      [1.3, 2000],
      [0.5, 6000],
    ] as const) {
      for (const seed of SEEDS) {
        const busy = bursts(createRandom('bursts', seed));
        const watched = unitOf(table, 0.03, seed);
        watched.run(2000, () => 1, busy);
        const tookMs = watched.untilHeard(factor, busy);
        assert.ok(tookMs < withinMs, `${tookMs} ms for ${factor}`);
        near(watched.heard[0]!.factor, factor, 0.08); // it was heard
      }
    }
  });

  test(`a creep by a tenth is followed without a word: ${name}`, () => {
    for (const cv of CVS) {
      for (const seed of SEEDS) {
        const watched = unitOf(table, cv, seed);
        watched.run(2000, (job) => 1 + (0.1 * job) / 2000);
        assert.equal(watched.heard.length, 0);
        for (const ratio of watched.ratios()) near(ratio, 1.1, 0.04);
      }
    }
  });
}

test('what is hardly known yet is given up as soon as the other has lasted as long', () => {
  const heard: Drift[] = [];
  const profiler = createProfiler([], undefined, (drift) => heard.push(drift));
  for (let i = 0; i < 10; i++) profiler.observe(model, unit, 3);
  for (let i = 0; i < 10; i++) profiler.observe(model, unit, 6);
  near(profiler.profile(model, unit)!.meanMs, 6, 0.01); // it was measured
  assert.equal(heard.length, 1);
});

test('a model that is too rare for its unit to be suspected is believed when it has lasted', () => {
  const watched = createProfiler(given({ m: 3.4, o: 21.3 }));
  const rarely = (times: number, ms: number) => {
    for (let i = 0; i < times; i++) {
      watched.observe(model, unit, ms);
      for (let others = 0; others < 10; others++) watched.observe('o' as ModelId, unit, 21.3);
    }
  };
  rarely(30, 20);
  assert.equal(watched.profile(model, unit)?.meanMs, 3.4);
  rarely(40, 20);
  near(watched.profile(model, unit)!.meanMs, 20, 1e-9); // it was given
  assert.equal(watched.profile('o' as ModelId, unit)?.meanMs, 21.3);
  assert.equal(watched.profile(model, unit)?.outliers, 0);
});
