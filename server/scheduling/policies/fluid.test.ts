import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Arrivals } from '../../application/arrivals.ts';
import { optimumOf, phaseBoundOf } from '../../application/limits.ts';
import { simulate } from '../../application/simulate.ts';
import { POSTER_PARAMETERS } from '../../hardware/simulated/poster.ts';
import { POSTER_MODELS, posterSimulation } from '../../test/drawing.ts';
import { REASONS } from '../reason.ts';

const stream: Arrivals = { kind: 'poisson', ratePerS: 96 };
const p99 = (policy: string, over: Parameters<typeof posterSimulation>[2]) =>
  simulate(posterSimulation(policy, 2000, { noiseCv: 0.1, seed: 1, ...over })).figures?.latency.p99Ms ?? Number.NaN;

test('its p99 is below that of mct and of sufferage at 0.95 load, and where the board is half idle', () => {
  for (const over of [
    { arrivals: stream },
    { arrivals: { kind: 'poisson', ratePerS: 50 } },
    { arrivals: { kind: 'poisson', ratePerS: 30 }, counts: [600, 600, 4800] },
  ] as const)
    assert.ok(p99('fluid', over) < Math.min(p99('mct', over), p99('sufferage', over)), JSON.stringify(over));
});

test('a unit that is slow for a model gets its youngest jobs, the quick one its oldest', () => {
  const { trace } = simulate(posterSimulation('fluid', 2000, { arrivals: stream, noiseCv: 0.1, seed: 1 }));
  const waited = (unit: number) => {
    const rows = Array.from({ length: trace.rows }, (_, row) => row).filter(
      (row) => trace.model[row] === 1 && trace.unit[row] === unit,
    );
    return rows.reduce((sum, row) => sum + trace.dispatchMs[row]! - trace.arrivalMs[row]!, 0) / rows.length; // row < rows
  };
  assert.ok(waited(0) < waited(1), `CPU ${waited(0)} ms, NCS2 ${waited(1)} ms`);
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
