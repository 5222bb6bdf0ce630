import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bare } from '../application/platform.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { POSTER_MODELS, posterPlatform } from '../test/drawing.ts';
import { capacity, pinsOfLeastCost, withPins } from './capacity.ts';
import { maximise } from './linear-program.ts';

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
  const solution = maximise(
    [3, 5],
    [
      [1, 0],
      [0, 2],
      [3, 2],
    ],
    [4, 12, 18],
  );
  assert.ok(solution);
  near(solution.value, 36);
  assert.deepEqual([...solution.x].map(Math.round), [2, 6]);
  assert.deepEqual(
    [...solution.prices].map((p) => Math.round(p * 10)),
    [0, 15, 10],
  );
  assert.equal(maximise([1], [[-1]], [1]), null);
});
