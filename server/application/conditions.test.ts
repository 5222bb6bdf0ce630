import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler } from '../scheduling/profiler.ts';
import { posterSimulation } from '../test/drawing.ts';
import { type PlatformUnit, policyOptions, unitsOf } from './platform.ts';
import { type Simulation, simulate } from './simulate.ts';
import { OUTCOMES } from './trace.ts';

// What happens to a run from outside, on a platform small enough to do by hand.

const unit = (
  id: string,
  latencyMs: Record<string, number | null>,
  over: Partial<PlatformUnit> = {},
): PlatformUnit => ({
  id: id as UnitId,
  precision: 'fp32',
  source: 'simulated',
  modelSlots: null,
  switchMs: 0,
  latencyMs,
  poster: null,
  ...over,
});
const one = unit('u', { a: 10, b: 20 });
const by = (over: Partial<Simulation>): Simulation => ({
  ...posterSimulation('fcfs', 1),
  platform: [one],
  models: ['a', 'b'] as ModelId[],
  counts: [3, 0],
  ranks: 'profiler',
  conditions: { switchMs: 'table', depth: 1 },
  ...over,
});
const ends = (simulation: Simulation): number[] => {
  const { trace } = simulate(simulation);
  return [...trace.endMs.subarray(0, trace.rows)];
};

test('a switch costs what the matrix says for the pair', () => {
  const platform = [unit('u', { a: 10, b: 20 }, { modelSlots: 1, switchMs: { a: { b: 5 }, b: { a: 1 } } })];
  // a, b, a, b: 10 | 5 + 20 | 1 + 10 | 5 + 20
  assert.deepEqual(ends(by({ platform, counts: [2, 2] })), [10, 35, 46, 71]);
  assert.deepEqual(
    ends(by({ platform, counts: [2, 2], conditions: { switchMs: 7, depth: 1 } })),
    [10, 37, 54, 81],
    'one number for the run replaces it',
  );
});

test('what starts in a window of drift takes longer, whole; what started before does not; the profile is not told', () => {
  const drifts = [{ unit: 'u', fromMs: 10, toMs: 20, factor: 3 }];
  assert.deepEqual(ends(by({ drifts })), [10, 40, 50]);
  const later = [{ unit: 'u', fromMs: 11, toMs: 20, factor: 3 }];
  assert.deepEqual(ends(by({ drifts: later })), [10, 20, 30]);
  const { trace } = simulate(by({ drifts, explained: true }));
  assert.deepEqual([...trace.finishMs.subarray(0, 2)], [10, 10], 'it expected what the table says');
});

test('a job that waits at its unit is slowed by when it starts, not by when it was handed over', () => {
  const drifts = [{ unit: 'u', fromMs: 10, toMs: null, factor: 2 }];
  assert.deepEqual(ends(by({ drifts, counts: [2, 0], conditions: { switchMs: 'table', depth: 2 } })), [10, 30]);
});

test('an outage takes the running job back to the head of its queue; the unit comes back free and empty', () => {
  const platform = [unit('u', { a: 10, b: 20 }, { modelSlots: 1, switchMs: 100 })];
  const { trace, failed } = simulate(by({ platform, counts: [1, 1], outages: [{ unit: 'u', fromMs: 15, toMs: 40 }] }));
  const rows = [...Array(trace.rows).keys()].map((row) => [
    OUTCOMES[trace.outcome[row]!], // row < rows
    trace.job[row],
    trace.attempt[row],
    trace.endMs[row],
  ]);
  // Job 1 paid for a switch from 10 on; after the outage the empty slot is free, and it takes its 20 ms from 40 on.
  assert.deepEqual(rows, [
    ['done', 0, 1, 10],
    ['lost', 1, 1, 15],
    ['done', 1, 2, 60],
  ]);
  assert.equal(failed, 0);
});

test('a unit that is away at the start is waited for, even with nothing else to do', () => {
  assert.deepEqual(ends(by({ counts: [1, 0], outages: [{ unit: 'u', fromMs: 0, toMs: 25 }] })), [35]);
});

test('jobs of a unit that never returns fail, be they of a batch, a stream or one query after another', () => {
  for (const arrivals of [
    { kind: 'closed' },
    { kind: 'poisson', ratePerS: 200 },
    { kind: 'single-stream' },
    { kind: 'multi-stream' },
  ] as const) {
    const { trace, failed } = simulate(by({ arrivals, outages: [{ unit: 'u', fromMs: 0, toMs: null }] }));
    assert.equal(failed, 3, arrivals.kind);
    assert.equal(trace.rows, 3);
  }
});

test('single-stream asks for the next when the last has ended; multi-stream for eight more when all have', () => {
  const platform = [unit('u', { a: 10, b: 20 }), unit('v', { a: 30, b: 20 })];
  const single = simulate(by({ platform, arrivals: { kind: 'single-stream' } }));
  assert.deepEqual([...single.trace.arrivalMs.subarray(0, 3)], [0, 10, 20], 'v never has anything to do');
  assert.equal(single.figures?.latency.p90Ms, 10);
  const multi = simulate(by({ platform, counts: [10, 0], arrivals: { kind: 'multi-stream' } }));
  // Eight at 0: u takes six until 60, v two until 60. Two more at 60: u until 70, v until 90.
  assert.deepEqual([...multi.trace.arrivalMs.subarray(8, 10)], [60, 60]);
  assert.deepEqual(multi.figures?.query, { queries: 2, meanMs: 45, p50Ms: 30, p90Ms: 60, p95Ms: 60, p99Ms: 60 });
});

test('deadlines count from the arrival, in queries as well, and reach the trace', () => {
  const late = simulate(by({ arrivals: { kind: 'closed' }, deadlineMs: [20, Number.POSITIVE_INFINITY] }));
  assert.deepEqual([...late.trace.deadlineMs.subarray(0, 3)], [20, 20, 20]);
  assert.equal(late.figures?.missRate, 1 / 3, 'ends at 10, 20 and 30: on time is on time');
  const inTime = simulate(by({ arrivals: { kind: 'single-stream' }, deadlineMs: [10, 10] }));
  assert.deepEqual([...inTime.trace.deadlineMs.subarray(0, 3)], [10, 20, 30]);
  assert.equal(inTime.figures?.missRate, 0);
  assert.equal(simulate(by({})).figures?.missRate, undefined);
});

test('a cold start knows the weights and nothing of the table', () => {
  // By the weights b is the quicker one; sjf must begin with it although the table says otherwise.
  const first = (cold: number[] | undefined) => {
    const { trace } = simulate(by({ policy: 'sjf', counts: [1, 1], ...(cold ? { cold } : {}) }));
    return trace.model[0];
  };
  assert.equal(first(undefined), 0);
  assert.equal(first([9, 1]), 1);
});

test('a cold policy plans by the weights: affinity does not know which unit is whose', () => {
  const platform = [unit('u', { a: 50, b: 1 }), unit('v', { a: 1, b: 50 })];
  const makespan = (over: Partial<Simulation>) =>
    simulate(by({ platform, policy: 'affinity', counts: [1, 1], ...over })).figures?.makespanMs;
  assert.equal(makespan({}), 1);
  assert.equal(makespan({ cold: [1, 1] }), 50);
});

test('a job that never ends has missed its deadline, however late that was', () => {
  const gone = [{ unit: 'u', fromMs: 11, toMs: null }];
  const { figures } = simulate(by({ outages: gone, deadlineMs: [1e9, 1e9] }));
  assert.equal(figures?.missRate, 2 / 3);
});

test('a cold policy’s latencies and ranks come from the guess, its holes from the platform', () => {
  const platform = [unit('u', { a: 10, b: null }, { poster: 'cpu' })];
  const models = ['a', 'b'] as ModelId[];
  const units = unitsOf(platform, models, [1, 1], { switchMs: 0, depth: 1 });
  const posterRanks = { cpu: ['b', 'a'] };
  const options = policyOptions(platform, units, models, { jobs: [1, 1] }, 'poster', posterRanks, () => 7);
  assert.equal(options.latencyMs('a' as ModelId, 'u' as UnitId), 7);
  assert.equal(options.latencyMs('b' as ModelId, 'u' as UnitId), null);
  assert.deepEqual([...options.ranks], [['u', ['a']]]);
});

test('a prior guesses until something is measured', () => {
  const [u, a, b] = ['u' as UnitId, 'a' as ModelId, 'b' as ModelId];
  const profiler = createProfiler([], {
    units: [u],
    weight: new Map([
      [a, 4e6],
      [b, 8e6],
    ]),
  });
  const ratio = () => (profiler.profile(b, u)?.meanMs ?? 0) / (profiler.profile(a, u)?.meanMs ?? 1);
  assert.equal(ratio(), 2);
  profiler.observe(a, u, 10);
  assert.equal(profiler.profile(a, u)?.meanMs, 10);
});
