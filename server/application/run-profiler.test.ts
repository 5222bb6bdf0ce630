import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import type { KnownProfile, Profile } from '../scheduling/profiler.ts';
import { wholeProfile } from './measure/kept.ts';
import { createRunProfiler, isBetterKnown } from './run-profiler.ts';

const [m, n, unit] = ['m' as ModelId, 'n' as ModelId, 'u' as UnitId];
const known = (model: ModelId, meanMs: number, samples: number, source: Profile['source'] = 'measured') =>
  wholeProfile({ model, unit, meanMs, p95Ms: meanMs, loadMs: 0, samples, source });

/** What a run found that measured the model so many times, and began with this. */
function found(before: readonly KnownProfile[], times: number, ms: number, model = m) {
  const run = createRunProfiler(before, () => {});
  for (let i = 0; i < times; i++) run.profiler.observe(model, unit, ms);
  return run.found().find(({ profile }) => profile.model === model)!; // it was measured
}

test('a run tells how often it measured a pair itself, and leaves out what it did not', () => {
  const run = createRunProfiler([known(m, 10, 40), known(n, 20, 40)], () => {});
  for (let i = 0; i < 3; i++) run.profiler.observe(m, unit, 10);
  assert.deepEqual(
    run.found().map(({ profile, times, drifted }) => [profile.model, profile.samples, times, drifted]),
    [[m, 43, 3, false]],
  );
});

test('a handful of measurements does not take the place of a well-known profile, on a real unit or a simulated one', () => {
  const kept = known(m, 10, 50);
  assert.equal(isBetterKnown(found([kept], 3, 11), kept), false);
  assert.equal(isBetterKnown(found([known(m, 10, 1, 'given')], 3, 11), kept), false);
  assert.equal(isBetterKnown(found([known(m, 10, 1, 'given')], 49, 10.5), kept), false);
});

test('what is as well known takes the place; more than fifty measurements know no more', () => {
  assert.equal(isBetterKnown(found([known(m, 10, 5)], 5, 10), known(m, 10, 5)), true);
  assert.equal(isBetterKnown(found([known(m, 10, 4000)], 50, 10), known(m, 10, 4000)), true);
});

test('where nothing was measured before, anything is better', () => {
  const given = known(m, 10, 1, 'given');
  assert.equal(isBetterKnown(found([given], 1, 10), undefined), true);
  assert.equal(isBetterKnown(found([given], 1, 10), given), true);
});

test('a change that lasted takes the place however well the old is known, also of a model that was seldom measured', () => {
  const before = [known(m, 100, 50), known(n, 100, 50)];
  const run = createRunProfiler(before, () => {});
  for (let i = 0; i < 20; i++) run.profiler.observe(m, unit, 100);
  for (let i = 0; i < 2; i++) run.profiler.observe(n, unit, 200);
  for (let i = 0; i < 12; i++) run.profiler.observe(m, unit, 200);
  assert.deepEqual(
    run.found().map((each) => [each.profile.model, each.drifted, isBetterKnown(each, known(m, 100, 50))]),
    [
      [m, true, true],
      [n, true, true],
    ],
  );
});

test('a unit that slowed down and recovered in the same run leaves what was kept', () => {
  const kept = known(m, 100, 50);
  const run = createRunProfiler([kept], () => {});
  for (const ms of [100, 200, 100]) for (let i = 0; i < 15; i++) run.profiler.observe(m, unit, ms);
  const [back] = run.found();
  assert.equal(back?.drifted, true);
  assert.equal(isBetterKnown(back!, kept), false); // it was measured
});

test('a simulated unit that is back at its table replaces what was kept of it while it was slow', () => {
  const slow = known(m, 300, 50);
  const table = [known(m, 100, 1, 'given')];
  assert.equal(isBetterKnown(found(table, 15, 100), slow), true);
  assert.equal(isBetterKnown(found(table, 2, 1300), slow), false);
});
