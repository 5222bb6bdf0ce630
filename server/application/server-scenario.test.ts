import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posterPlatform, posterSimulation } from '../test/drawing.ts';
import { searchServerRate } from './server-scenario.ts';
import { type Simulation, simulate } from './simulate.ts';

const { arrivals: _, ...poster } = posterSimulation('sjf', 300);
const p99Of = (simulation: Omit<Simulation, 'arrivals'>, ratePerS: number): number =>
  simulate({ ...simulation, arrivals: { kind: 'poisson', ratePerS } }).figures?.latency.p99Ms ?? 0;

test('one unit, one model, where latency only grows with the rate: the rate keeps to the bound, and little more does not', () => {
  const npu = { ...poster, platform: posterPlatform().slice(3), counts: [3000, 0, 0] };
  const { ratePerS, run } = searchServerRate(npu, 50);
  assert.ok((run.figures?.latency.p99Ms ?? Number.POSITIVE_INFINITY) <= 50);
  assert.equal(p99Of(npu, ratePerS), run.figures?.latency.p99Ms, 'the run is the one at that rate');
  assert.ok(p99Of(npu, ratePerS * 1.002) > 50, `${p99Of(npu, ratePerS * 1.002)}`);
});

test('latency that falls again at a higher rate does not hide that rate', () => {
  const fcfs = { ...poster, policy: 'fcfs' };
  const { ratePerS } = searchServerRate(fcfs, 800); // 67 a second; just above 36 a second p99 is once more than 800 ms
  const step = 101.057 / 32;
  for (let rate = Math.ceil(ratePerS / step) * step; rate < 101; rate += step)
    assert.ok(p99Of(fcfs, rate) > 800, `${rate} passes, ${ratePerS} was found`);
});

test('a bound that a short run never breaks is kept up to the capacity, and no schedule keeps more', () => {
  assert.equal(searchServerRate(poster, 1e6).ratePerS.toFixed(3), '101.057');
});

test('a bound that an idle platform breaks has no rate', () => {
  assert.equal(searchServerRate(poster, 1).ratePerS, 0);
});
