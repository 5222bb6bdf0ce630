import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bare } from '../application/platform.ts';
import { simulate } from '../application/simulate.ts';
import type { TraceColumns } from '../application/trace.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { capacity } from '../scheduling/capacity.ts';
import { policyNames } from '../scheduling/policies/index.ts';
import { posterSimulation } from './drawing.ts';
import { longestWaitMs, type Overtaken, overtaken } from './overtaking.ts';
import { type Scene, scenes } from './schedule-scenes.ts';

// Nothing starves. For every policy: while something waits, something works (schedule-laws.ts), so a job ends within the worst
// times of all that is asked for until it ends. Beyond that, each policy bounds who may pass a waiting job, or how long it waits
// on a stream that the board can carry. Where there is neither, the policy's own rule is the reason, and it is said here.

/** Most younger jobs that may begin before a job; what is left out is unbounded. */
const PASSED_BY_AT_MOST: Readonly<Record<string, Partial<Overtaken>>> = {
  fcfs: { anywhere: 0, onItsUnit: 0, withinModel: 0 },
  affinity: { onItsUnit: 0, withinModel: 0 }, // each model's unit serves it in order; other units are not for it
  mct: { onItsUnit: 0 }, // a job waits for what its unit was given before it, and for nothing else
  sjf: { withinModel: 0 }, // longer models wait while shorter ones come: its rule
  priority: { withinModel: 0 }, // what units rank lowest waits while the rest comes: its rule
  heft: { withinModel: 0 }, // shorter models wait while longer ones come: its rule
  minmin: { withinModel: 0 }, // as sjf
  sufferage: { withinModel: 0 },
  maxweight: { withinModel: 0 }, // a model waits until its queue is the heaviest, which it becomes
  stealing: {}, // the newest is what is stolen; the oldest of a queue is passed by what others steal
  fluid: {}, // a slow unit gets a young job; by age² ÷ service time an old one's turn comes
  deadline: {}, // what is late gets what is left over, and after a minute for each job that it makes late
  race: {}, // as the one in charge
};

/** Longest wait on the poster's board, 2,000 jobs at 0.9 of capacity, free switching; in milliseconds, for any of three mixes. */
const WAITS_AT_MOST_MS: Readonly<Record<string, number>> = {
  fluid: 600,
  deadline: 600,
  race: 600,
  mct: 700,
  sufferage: 700,
  maxweight: 2000,
};

test('every policy has its bound, or the reason why it has none', () => {
  assert.deepEqual(Object.keys(PASSED_BY_AT_MOST).sort(), policyNames().sort());
});

for (const [policy, bounds] of Object.entries(PASSED_BY_AT_MOST).filter(
  ([, { withinModel, onItsUnit }]) => withinModel === 0 || onItsUnit === 0,
))
  test(`${policy}: a waiting job is passed by no more than its rule says`, () => {
    const property = fc.property(scenes, (scene) => {
      const day = without(scene);
      const trace = played(day, policy);
      if (!trace) return;
      const found = overtaken(trace, (u, m) => day.platform[u]?.latencyMs[`m${m}`] != null);
      for (const [what, most] of Object.entries(bounds))
        assert.ok(found[what as keyof Overtaken] <= most, `${what}: ${JSON.stringify(found)}`);
    });
    fc.assert(property, { numRuns: 150, seed: 14 });
  });

/** Without what sends a job back to the head of its queue, ties a unit to one model, or leaves times to be guessed. */
const without = ({ cold: _, ...scene }: Scene): Scene => ({
  ...scene,
  outages: [],
  conditions: { switchMs: scene.conditions.switchMs === 'forbidden' ? 20 : scene.conditions.switchMs, depth: 1 },
});

function played(scene: Scene, policy: string): TraceColumns | null {
  try {
    return simulate({ ...scene, policy }).trace;
  } catch {
    return null; // it cannot serve this platform, and says so
  }
}

for (const [policy, mostMs] of Object.entries(WAITS_AT_MOST_MS))
  test(`${policy}: at 0.9 of capacity no job waits longer than ${mostMs} ms, of whatever model`, () => {
    for (const mix of [
      [1, 1, 1],
      [20, 1, 1],
      [1, 1, 20],
    ]) {
      const longest = longestWaitMs(stream(policy, mix, 0.9, 2000));
      assert.ok(longest <= mostMs, `${longest} ms for ${mix.join(':')}`);
    }
  });

test('deadline: a job that is late from the start is done within two minutes all the same', () => {
  const late = longestWaitMs(stream('deadline', [1, 1, 1], 0.7, 12_000, [200, 300, 1]));
  assert.ok(late > 1000 && late <= 120_000, `${late} ms`);
});

for (const policy of policyNames().filter((name) => name !== 'priority'))
  test(`${policy}: a stream of five models is served by sticks that hold one each, be there one or five of them`, () => {
    for (const sticks of [1, 2, 5]) {
      const { failed, trace } = simulate({ ...streamOnSticks(sticks), policy });
      assert.deepEqual([failed, trace.rows], [0, 50], `${sticks} sticks`);
      const longest = longestWaitMs(trace);
      assert.ok(longest < 1000, `${longest} ms with ${sticks} sticks`);
    }
  });

const streamOnSticks = (sticks: number): Scene => ({
  platform: Array.from({ length: sticks }, (_, u) => ({
    ...{ id: `u${u}` as UnitId, precision: 'fp32', source: 'simulated', modelSlots: 1, switchMs: 50, poster: null },
    latencyMs: { m0: 3, m1: 4, m2: 5, m3: 6, m4: 7 },
  })),
  models: ['m0', 'm1', 'm2', 'm3', 'm4'] as ModelId[],
  counts: [10, 10, 10, 10, 10],
  arrivals: { kind: 'poisson', ratePerS: 8 },
  conditions: { switchMs: 'table', depth: 1 },
  ...{ ranks: 'profiler', posterRanks: {}, seed: 3, noiseCv: 0 },
});

test('fluid: thirty-two models on units that hold sixteen of them are planned at once', () => {
  const models = Array.from({ length: 32 }, (_, m) => `m${m}` as ModelId);
  const latencyMs = Object.fromEntries(models.map((model, m) => [model, 1 + m]));
  const scene = streamOnSticks(3);
  const platform = scene.platform.map((unit) => ({ ...unit, latencyMs, modelSlots: 16 }));
  const { failed, trace } = simulate({ ...scene, platform, models, counts: models.map(() => 2), policy: 'fluid' });
  assert.deepEqual([failed, trace.rows], [0, 64]);
});

test('deadline: a job that is late waits for nobody when nothing else comes', () => {
  const scene: Scene = { ...streamOnSticks(1), arrivals: { kind: 'single-stream' }, deadlineMs: [1, 1, 1, 1, 1] };
  const { failed, trace } = simulate({ ...scene, counts: [0, 1, 0, 1, 0], policy: 'deadline' });
  assert.deepEqual([failed, trace.rows], [0, 2]);
  assert.ok(longestWaitMs(trace) < 10, 'nothing else is to come');
});

/** What the linear program could carry `load` of, drawn at random. */
function stream(policy: string, mix: readonly number[], load: number, jobs: number, deadlineMs?: readonly number[]) {
  const poster = posterSimulation(policy, 1, { conditions: { switchMs: 0, depth: 1 }, ranks: 'profiler' });
  const total = mix.reduce((sum, share) => sum + share, 0);
  const ratePerS = load * capacity(bare(poster.platform, poster.models), mix);
  const counts = mix.map((share) => Math.round((jobs * share) / total));
  return simulate({
    ...poster,
    counts,
    mix,
    arrivals: { kind: 'poisson', ratePerS },
    ...(deadlineMs ? { deadlineMs } : {}),
  }).trace;
}
