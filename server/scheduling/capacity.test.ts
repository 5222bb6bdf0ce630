import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import createHighs from 'highs';
import { bare } from '../application/platform.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { POSTER_MODELS, posterPlatform } from '../test/drawing.ts';
import { boundOf, capacity, pinsOfLeastCost, withPins } from './capacity.ts';
import { type LinearProgram, minimise, Tableau } from './linear-program.ts';
import { makespanProgram } from './routing.ts';

const poster = bare(posterPlatform(), POSTER_MODELS);
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.005, `${actual} is not ${expected}`);

test('the poster’s board can do 101.06, 290.15, 90.84 and 61.13 inferences a second at the four mixes', () => {
  near(capacity(poster, [1, 1, 1]), 101.057);
  near(capacity(poster, [8, 1, 1]), 290.153);
  near(capacity(poster, [1, 8, 1]), 90.841);
  near(capacity(poster, [1, 1, 8]), 61.133);
});

test('one unit alone does what its mean time says', () => {
  const alone = bare(posterPlatform().slice(2, 3), POSTER_MODELS);
  near(capacity(alone, [1, 1, 1]), 3000 / (3.393 + 54.086 + 108.26));
});

test('a model that nobody asks for does not count, and one that nobody can run leaves nothing', () => {
  near(capacity(poster, [1, 0, 0]), 1000 / 86.355 + 1000 / 27.459 + 1000 / 3.393 + 1000 / 10.499);
  const none = { ...poster, latencyMs: () => null };
  assert.equal(capacity(none, [1, 1, 1]), 0);
});

test('the NCS2 is held to ResNet50, or to ResNet101 where that is most of the work', () => {
  const ncs2 = 'ncs2' as UnitId;
  assert.equal(pinsOfLeastCost(poster, [1, 1, 1], [ncs2]).get(ncs2), 'resnet50');
  assert.equal(pinsOfLeastCost(poster, [1, 1, 8], [ncs2]).get(ncs2), 'resnet101');
  near(capacity(withPins(poster, pinsOfLeastCost(poster, [1, 1, 1], [ncs2])), [1, 1, 1]), 100.76);
});

test('with more one-slot units than can be tried in every way, every model still has one, and soon', () => {
  const names = Array.from({ length: 24 }, (_, i) => i);
  const platform = {
    units: names.map((u) => ({ id: `u${u}` as UnitId, modelSlots: 1 })),
    models: names.map((m) => `m${m}` as ModelId),
    latencyMs: (model: string, unit: string) => 1 + ((Number(unit.slice(1)) * 7 + Number(model.slice(1)) * 13) % 29),
  };
  const mix = names.map(() => 1);
  const beganMs = performance.now();
  const pins = pinsOfLeastCost(
    platform,
    mix,
    platform.units.map((unit) => unit.id),
  );
  assert.equal(new Set(pins.values()).size, 24);
  assert.ok(performance.now() - beganMs < 2000, `${performance.now() - beganMs} ms: a page waits for this`);
});

test('the linear program finds a known corner and its prices', () => {
  // max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: 36 at (2, 6), prices 0, 3/2, 1 (Hillier & Lieberman's Wyndor Glass).
  const solution = minimise({
    c: [-3, -5],
    A: [
      [1, 0],
      [0, 2],
      [3, 2],
    ],
    b: [4, 12, 18],
  });
  assert.ok(solution);
  near(solution.value, -36);
  assert.deepEqual([...solution.x].map(Math.round), [2, 6]);
  assert.deepEqual(
    [...solution.prices].map((p) => Math.round(p * 10)),
    [0, 15, 10],
  );
  assert.equal(minimise({ c: [-1], A: [[-1]], b: [1] }), null, 'without an end');
  assert.equal(minimise({ c: [1], A: [[1], [-1]], b: [1, -2] }), null, 'without an answer');
});

test('the prices say what a unit is worth, the routing where the work belongs', () => {
  const { prices, routing } = boundOf(poster, [1, 1, 1]);
  near(prices.units.npu ?? 0, 0.595);
  near(prices.units.ncs2 ?? 0, 0.2);
  near(prices.units.coral ?? 0, 0.188);
  near(prices.units.cpu ?? 0, 0.017);
  near(
    Object.values(prices.models).reduce((sum, ms) => sum + ms / 3, 0),
    1000 / 101.057,
  );
  assert.deepEqual(Object.keys(routing.mobilenet_v2 ?? {}), ['coral']);
  near(routing.resnet101?.npu ?? 0, 0.3115);
});

// The judge is HiGHS, a solver of others.
const highs = await createHighs();
test('on any program of this shape, values and prices are those of HiGHS, also from a changed right-hand side and an added row', () => {
  const cell = fc.option(fc.integer({ min: 1, max: 400 }), { freq: 5 });
  const board = fc
    .record({ units: fc.integer({ min: 1, max: 5 }), models: fc.integer({ min: 1, max: 5 }) })
    .chain(({ units, models }) =>
      fc.record({
        ms: fc.array(fc.array(cell, { minLength: units, maxLength: units }), { minLength: models, maxLength: models }),
        jobs: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: models, maxLength: models }),
        later: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: models, maxLength: models }),
        start: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: units, maxLength: units }),
        most: fc.integer({ min: 0, max: 9 }),
      }),
    );
  fc.assert(
    fc.property(board, ({ ms, jobs, later, start, most }) => {
      const times = ms.map((row) => row.map((value) => value ?? Number.POSITIVE_INFINITY));
      const all = jobs.map((n) => n + 1);
      const program = makespanProgram(times, all, start);
      const tableau = new Tableau(program);
      const solved = tableau.dual();
      const judged = judge(program);
      assert.equal(solved, judged !== null);
      if (!solved || judged === null) return;
      same(tableau.value, judged);
      const yb = tableau.prices().reduce((sum, price, r) => sum - price * program.b[r]!, 0);
      same(yb, judged); // strong duality: the prices prove the value
      const b = [...later.map((n) => -n), ...start.map((at) => -at)];
      tableau.restart(b);
      assert.ok(tableau.dual());
      same(tableau.value, judge({ ...program, b }) ?? Number.NaN);
      const row = program.c.map((_, j) => (j === 0 ? 1 : 0));
      tableau.addRow(row, most);
      const narrowed = judge({ ...program, A: [...program.A, Float64Array.from(row)], b: [...b, most] });
      assert.equal(tableau.dual(), narrowed !== null);
      if (narrowed !== null) same(tableau.value, narrowed);
    }),
    { numRuns: 400, seed: 20261125, includeErrorInReport: true },
  );
});

function same(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

function judge({ c, A, b }: LinearProgram): number | null {
  const sum = (row: ArrayLike<number>) =>
    Array.from(row)
      .flatMap((k, j) => (k === 0 ? [] : [`${k < 0 ? '-' : '+'} ${Math.abs(k)} x${j}`]))
      .join(' ');
  const rows = A.flatMap((row, r) => {
    const left = sum(row);
    return left === '' ? [] : [` r${r}: ${left} <= ${b[r]}`];
  });
  if (A.some((row, r) => sum(row) === '' && b[r]! < 0)) return null;
  const solved = highs.solve(`Minimize\n obj: ${sum(c)}\nSubject To\n${rows.join('\n')}\nEnd`);
  return solved.Status === 'Optimal' ? solved.ObjectiveValue : null;
}
