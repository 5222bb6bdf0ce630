import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, logNormal } from '../../hardware/simulated/random.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { createSampling, type StopRule, THOROUGH } from './stop-rule.ts';

const sampling = (rule: Partial<StopRule> = {}) =>
  createSampling({ ...THOROUGH, ...rule }, 'm' as ModelId, 'u' as UnitId);
/** How many were taken until it was enough, warm-up included. */
function until(next: (n: number) => number, rule: Partial<StopRule> = {}) {
  const measuring = sampling(rule);
  let taken = 1;
  while (measuring.take(next(taken)) !== 'enough') taken++;
  return { taken, profile: measuring.profile()! }; // it was enough
}

test('what never varies is known after its warm-up and five samples', () => {
  const { taken, profile } = until(() => 21.345);
  assert.equal(taken, 2 + 5);
  assert.deepEqual([profile.meanMs, profile.ciMs, profile.samples], [21.345, 0, 5]);
});

test('the slow first runs are thrown away until two in a row agree', () => {
  const { taken, profile } = until((n) => [90, 40, 20.2, 20][n - 1] ?? 20);
  assert.equal(taken, 4 + 5);
  assert.equal(profile.meanMs, 20);
});

test('a warm-up that never settles is ended', () => {
  const { taken } = until((n) => (n <= 5 ? 100 / n : 10));
  assert.equal(taken, 5 + 5);
});

test('noise is sampled until the interval is narrow, and no longer', () => {
  const random = createRandom('noise');
  const { profile } = until(() => 20 * logNormal(random, 0.04));
  assert.ok(profile.ciMs! <= 0.02 * profile.meanMs); // several were taken
  assert.ok(profile.samples > 5 && profile.samples < 50, `${profile.samples}`);
});

test('much noise is given up on after fifty', () => {
  const random = createRandom('noise');
  assert.equal(until(() => 20 * logNormal(random, 0.5)).profile.samples, 50);
});

test('what takes seconds is not asked of more than its budget', () => {
  const random = createRandom('noise');
  assert.equal(until(() => 2000 * logNormal(random, 0.1)).profile.samples, 3);
  assert.equal(until(() => 60_000 * logNormal(random, 0.1)).profile.samples, 2);
});

test('a spike while it is measured neither counts nor keeps it going', () => {
  const { taken, profile } = until((n) => (n === 5 ? 400 : 20));
  assert.ok(taken <= 2 + 6, `${taken}`);
  assert.deepEqual([profile.meanMs, profile.outliers], [20, 1]);
});
