import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacity } from '../scheduling/capacity.ts';
import { POSTER_MODELS, posterPlatform, posterSimulation } from '../test/drawing.ts';
import { bare } from './platform.ts';
import { realisedBound } from './realised-bound.ts';
import { simulate } from './simulate.ts';

const run = (noiseCv: number) => simulate(posterSimulation('sjf', 50, { seed: 5, noiseCv }));

test('without noise the realised bound is the table’s', () => {
  const bound = realisedBound(run(0).trace, posterPlatform(), POSTER_MODELS, () => false);
  assert.ok(Math.abs(bound / capacity(bare(posterPlatform(), POSTER_MODELS), [1, 1, 1]) - 1) < 1e-9, `${bound}`);
});

test('with noise it follows what really happened, and the run never exceeds it', () => {
  for (const noiseCv of [0.1, 0.5, 1]) {
    const { trace, figures } = run(noiseCv);
    const bound = realisedBound(trace, posterPlatform(), POSTER_MODELS, () => false);
    assert.ok(figures && figures.throughput <= bound * (1 + 1e-9), `${figures?.throughput} is more than ${bound}`);
    assert.notEqual(bound.toFixed(3), '101.057');
  }
});

test('a unit known to be exact keeps its table, whatever its clock added', () => {
  const bound = realisedBound(run(0.5).trace, posterPlatform(), POSTER_MODELS, () => true);
  assert.equal(bound.toFixed(3), '101.057');
});
