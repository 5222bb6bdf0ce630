import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import type { Driver, JobId, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { createEngine } from './engine.ts';
import type { Assignment, Policy, SchedulerView } from './policy.ts';
import { createProfiler } from './profiler.ts';

const [a, b] = ['a', 'b'] as ModelId[] as [ModelId, ModelId];
const unit = (id: string): ProcessingUnit => ({
  id: id as UnitId,
  precision: 'fp32',
  source: 'simulated',
  modelSlots: 2,
  depth: 1,
  accepts: (model) => model === a,
  switchCostMs: () => 0,
});
const busy: Driver = { infer: () => {} };

/** One job of `a` and one of `b` wait, and this is what the policy says of it. */
function decide(say: (view: SchedulerView) => Assignment | null): void {
  const asked: (() => void)[] = [];
  const policy: Policy = { name: 'told', summary: '', decide: say };
  const engine = createEngine({
    clock: { now: () => 0, after: (_, call) => void asked.push(call) },
    units: ['one', 'two'].map((id) => ({ unit: unit(id), driver: busy })),
    models: [a, b],
    policy,
    profiler: createProfiler([]),
    callback: { done() {}, failed() {}, lost() {} },
    moreToCome: () => false,
    explained: false,
  });
  for (const [id, model] of [a, b].entries())
    engine.submit({ id: id as JobId, model, ...{ arrivalMs: 0, input: 0, attempt: 1, deadlineMs: 1, priority: 0 } });
  for (const call of asked) call();
}

const to = (id: string, job = 0, model = a): Assignment => ({
  ...{ job: job as JobId, model, unit: id as UnitId },
  reason: 'oldest',
});

test('a policy that points at what is not there is stopped with a sentence', () => {
  assert.throws(() => decide(() => to('three')), /chose the unit "three", which is not idle/);
  assert.throws(
    () => decide(() => to('one', 0)),
    /chose the unit "one", which is not idle/,
    'it was given a job just now',
  );
  assert.throws(() => decide(() => to('one', 1, b)), /sent b to "one", which cannot run it/);
  assert.throws(() => decide(() => to('one', 7)), /chose job 7, which is not a waiting a/);
  assert.throws(() => decide(() => to('one', 1)), /chose job 1, which is not a waiting a/, 'it is one of b');
});

test('what a policy looks at is never a dictionary to V8: reading it is half of a simulation', () => {
  setFlagsFromString('--allow-natives-syntax');
  const isFast = new Function('thing', 'return %HasFastProperties(thing)') as (thing: object) => boolean;
  decide((view) => {
    for (const thing of [view, view.queue, ...view.units]) assert.ok(isFast(thing));
    return null;
  });
  assert.ok(isFast(createProfiler([])));
});
