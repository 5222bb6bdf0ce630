import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Arrivals } from '../../application/arrivals.ts';
import { optimumOf, phaseBoundOf } from '../../application/limits.ts';
import { simulate } from '../../application/simulate.ts';
import { POSTER_PARAMETERS } from '../../hardware/simulated/poster.ts';
import { POSTER_MODELS, posterSimulation } from '../../test/drawing.ts';
import { REASONS } from '../reason.ts';

const stream: Arrivals = { kind: 'poisson', ratePerS: 96 };
const p99 = (policy: string) =>
  simulate(posterSimulation(policy, 2000, { arrivals: stream, noiseCv: 0.1, seed: 1 })).figures?.latency.p99Ms ??
  Number.NaN;

test('on a stream at 0.95 load its p99 is below that of mct and of sufferage', () => {
  assert.ok(p99('fluid') < Math.min(p99('mct'), p99('sufferage')));
});

test('a unit that slows down and recovers costs no more than a hundredth of the phase-wise bound', () => {
  const drifts = [{ unit: 'npu', fromMs: 10_000, toMs: 20_000, factor: 2 }];
  const batch = posterSimulation('fluid', 1000, { drifts, noiseCv: 0.1 });
  const ratio = (simulate(batch).figures?.makespanMs ?? 0) / (phaseBoundOf(batch)?.makespanMs ?? 0);
  assert.ok(ratio <= 1.02, `${ratio}`);
});

test('from parameter counts alone a thousand of each take two hundredths more than the optimum at most', () => {
  const batch = posterSimulation('fluid', 1000, { cold: POSTER_MODELS.map((model) => POSTER_PARAMETERS[model] ?? 1) });
  const ratio = (simulate(batch).figures?.makespanMs ?? 0) / (optimumOf(batch)?.makespanMs ?? 0);
  assert.ok(ratio <= 1.02, `${ratio}`);
});

test('a unit that leaves and returns loses no job, in a batch and in a stream', () => {
  for (const arrivals of [{ kind: 'closed' }, { kind: 'poisson', ratePerS: 60 }] as const) {
    const outages = [{ unit: 'npu', fromMs: 2000, toMs: 5000 }];
    const run = simulate(posterSimulation('fluid', 300, { arrivals, outages }));
    assert.equal(run.failed, 0);
    assert.equal(run.figures?.jobs, 900);
  }
});

test('each choice on a stream carries its price: nothing for a pair of the best routing, more for one outside it', () => {
  const { trace } = simulate(posterSimulation('fluid', 500, { arrivals: stream, explained: true }));
  let priced = 0;
  for (let row = 0; row < trace.rows; row++) {
    const price = trace.price[row * trace.alternatives + trace.unit[row]!]!; // row < rows
    if (REASONS[trace.reason[row]!] !== 'price') continue; // as above
    priced++;
    assert.ok(Math.abs(price) < 1e-3, `job ${trace.job[row]} costs ${price} ms`);
  }
  assert.ok(priced > 1000);
  assert.ok(
    trace.price.some((price) => price > 1),
    'alternatives outside the routing cost something',
  );
});
