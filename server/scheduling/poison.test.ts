import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Driver, JobId, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { createEngine, type Engine } from './engine.ts';
import { createPolicy, policyNames } from './policies/index.ts';
import { createProfiler } from './profiler.ts';
import { createVirtualClock } from './virtual-clock.ts';

const MODELS = ['good', 'bad'] as ModelId[];
const UNITS = ['a', 'b', 'c', 'd'].map(
  (id): ProcessingUnit => ({
    ...{ id: id as UnitId, precision: 'fp32', source: 'simulated', modelSlots: 2, depth: 1 },
    ...{ accepts: () => true, switchCostMs: () => 0 },
  }),
);

/** Forty jobs, every fourth of the bad model. `ends`: whether a process ends under the bad model, the nth time that it is run. */
function play(policy: string, ends: (nth: number) => boolean) {
  const clock = createVirtualClock();
  const count = { done: 0, lost: 0, failed: [] as string[], ran: 0 };
  const driver = (unit: UnitId): Driver => ({
    infer: ({ model }, done) =>
      clock.after(5, () => {
        if (model === 'bad' && ends(count.ran++)) {
          engine.lost(unit, 'it ended', true);
          clock.after(20, () => engine.returned(unit, []));
        } else done({ ok: true, value: { startMs: clock.now() - 5, endMs: clock.now(), serviceMs: 5, loadMs: 0 } });
      }),
  });
  const known = UNITS.flatMap(({ id: unit }) =>
    MODELS.map((model) => ({
      ...{ model, unit, meanMs: 5, p95Ms: 5, loadMs: 0, samples: 1 },
      source: 'given' as const,
    })),
  );
  const engine: Engine = createEngine({
    ...{ clock, models: MODELS, moreToCome: () => true, explained: false },
    units: UNITS.map((unit) => ({ unit, driver: driver(unit.id) })),
    profiler: createProfiler(known),
    callback: { done: () => count.done++, lost: () => count.lost++, failed: ({ error }) => count.failed.push(error) },
    policy: createPolicy(policy, {
      ...{ units: UNITS, models: MODELS, mix: [3, 1], jobs: [30, 10], latencyMs: () => 5 },
      ranks: new Map(UNITS.map(({ id }) => [id, MODELS])),
    }),
  });
  for (let id = 0; id < 40; id++) {
    const model = MODELS[id % 4 === 3 ? 1 : 0]!; // there are two
    const job = {
      ...{ id: id as JobId, model, arrivalMs: id, input: 0 },
      attempt: 1,
      deadlineMs: Number.POSITIVE_INFINITY,
      priority: 0,
    };
    clock.after(id, () => engine.submit(job));
  }
  clock.run();
  return count;
}

for (const policy of policyNames())
  test(`${policy}: a model that ends whoever runs it costs as many processes as it has jobs at once, never all the others' jobs`, () => {
    const { done, lost, failed } = play(policy, () => true);
    assert.deepEqual([done, failed.length], [30, 10]);
    assert.ok(lost <= 2 + UNITS.length, `${lost} processes`);
    assert.match(failed.at(-1) ?? '', /^bad ended the processes of two units, and is not run again$/);
  });

test('a model under which processes end now and then is run on, and each of its jobs is tried again', () => {
  const { done, lost, failed } = play('fcfs', (nth) => nth % 3 === 0);
  assert.deepEqual([done, failed], [40, []]);
  assert.ok(lost >= 4);
});
