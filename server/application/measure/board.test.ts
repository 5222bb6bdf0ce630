import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import type { KnownProfile } from '../../scheduling/profiler.ts';
import type { Bench } from './bench.ts';
import { type MeasureStep, measureBoard } from './board.ts';
import { measureSwitching, type SwitchCost, switchMatrix } from './switching.ts';
import { type CoRun, measureTogether } from './together.ts';

const [A, B] = ['a', 'b'] as ModelId[] as [ModelId, ModelId];
const id = (name: string) => name as UnitId;

/** A bench on paper: a time for each model, what loading it costs, and how much slower it is while another one works. */
function paperBench(parts: {
  readonly unit: string;
  readonly slots?: number;
  readonly times?: Record<string, number>;
  readonly loadMs?: Record<string, number>;
  readonly crowd?: { busy: number };
  readonly besideFactor?: number;
  readonly fails?: ModelId;
}): Bench {
  const { times = { a: 10, b: 20 }, crowd = { busy: 0 }, loadMs = {} } = parts;
  const models = Object.keys(times) as ModelId[];
  let resident: ModelId[] = [];
  const slots = parts.slots ?? models.length;
  return {
    unit: id(parts.unit),
    modelSlots: slots,
    models,
    prepare: async (wanted) => {
      resident = [...wanted];
      return { ok: true, value: undefined };
    },
    async infer(model, load) {
      if (model === parts.fails) return { ok: false, error: `${parts.unit} has lost ${model}` };
      if (load) resident = [...resident.filter((r) => r !== load.evict), model];
      assert.ok(resident.includes(model), `${model} is resident`);
      assert.ok(resident.length <= slots, 'no more than there is room for');
      crowd.busy++;
      await new Promise((resolve) => setImmediate(resolve));
      const factor = crowd.busy > 1 ? (parts.besideFactor ?? 1) : 1;
      await new Promise((resolve) => setImmediate(resolve));
      crowd.busy--;
      return { ok: true, value: { serviceMs: times[model]! * factor, loadMs: load ? (loadMs[model] ?? 0) : 0 } }; // one of its models
    },
  };
}

async function measured(benches: readonly Bench[], cancelled: () => boolean = () => false) {
  const steps: MeasureStep[] = [];
  const times: KnownProfile[] = [];
  const costs: SwitchCost[] = [];
  const factors: CoRun[] = [];
  const result = await measureBoard({
    benches,
    known: [],
    cancelled,
    heard: {
      step: (step) => void steps.push(step),
      time: (profile) => void times.push(profile),
      switching: (some) => void costs.push(...some),
      together: (some) => void factors.push(...some),
    },
  });
  return { result, steps, times, costs, factors };
}

test('each model alone, each pair by turns, each two units together', async () => {
  const { result, steps, times } = await measured([paperBench({ unit: 'u' }), paperBench({ unit: 'v' })]);
  assert.equal(result.ok, true);
  assert.deepEqual(
    steps.map(({ kind, units, models }) => `${kind} ${units.join('+')} ${models.join('+')}`),
    ['time u a', 'time u b', 'time v a', 'time v b', 'switching u a+b', 'switching v a+b', 'together u+v a+a'],
  );
  assert.deepEqual(
    times.map(({ unit, model, meanMs, source }) => [unit, model, meanMs, source]),
    [
      ['u', 'a', 10, 'measured'],
      ['u', 'b', 20, 'measured'],
      ['v', 'a', 10, 'measured'],
      ['v', 'b', 20, 'measured'],
    ],
  );
});

test('a unit with one slot pays for each alternation what loading costs, each direction its own', async () => {
  const { times, costs } = await measured([paperBench({ unit: 'u', slots: 1, loadMs: { a: 300, b: 500 } })]);
  assert.deepEqual(
    costs.map(({ from, to, ms, ciMs }) => [from, to, Math.round(ms), ciMs]),
    [
      [B, A, 300, 0],
      [A, B, 500, 0],
    ],
  );
  assert.deepEqual(
    times.map((profile) => profile.loadMs),
    [300, 500],
  );
  assert.deepEqual(switchMatrix(costs, id('u')), { b: { a: costs[0]?.ms }, a: { b: costs[1]?.ms } });
});

test('a unit with room for all pays nothing, and a unit that was not measured has no matrix', async () => {
  const { costs } = await measured([paperBench({ unit: 'u' })]);
  assert.deepEqual(switchMatrix(costs, id('u')), { b: { a: 0 }, a: { b: 0 } });
  assert.equal(switchMatrix(costs, id('v')), undefined);
});

test('a cost that cannot be told from none is none', () => {
  const cost = { unit: id('u'), from: A, to: B, samples: 9 };
  assert.deepEqual(switchMatrix([{ ...cost, ms: 0.4, ciMs: 0.5 }], id('u')), { a: { b: 0 } });
  assert.deepEqual(switchMatrix([{ ...cost, ms: 0.6, ciMs: 0.5 }], id('u')), { a: { b: 0.6 } });
});

test('two units side by side: each is measured against itself alone', async () => {
  const crowd = { busy: 0 };
  const { factors } = await measured([
    paperBench({ unit: 'u', crowd, besideFactor: 1.5 }),
    paperBench({ unit: 'v', crowd, besideFactor: 1 }),
  ]);
  assert.deepEqual(
    factors.map(({ unit, beside, factor }) => [unit, beside, factor]),
    [
      ['u', 'v', 1.5],
      ['v', 'u', 1],
    ],
  );
});

test('what is set against a time that is not well known is itself not known better', async () => {
  const unsure = { meanMs: 10, ciMs: 2 };
  const bench = () => paperBench({ unit: 'u', times: { a: 10, b: 10 } });
  const cancelled = () => false;
  const costs = await measureSwitching({ bench: bench(), pair: [A, B], alone: () => unsure, cancelled });
  assert.deepEqual(costs.ok && costs.value.map(({ ms, ciMs }) => [ms, ciMs]), [
    [0, 2],
    [0, 2],
  ]);
  const side = (ciMs: number | null) => ({ bench: bench(), model: A, alone: { meanMs: 10, ciMs } });
  const runs = await measureTogether([side(2), side(null)], cancelled);
  assert.deepEqual(runs.ok && runs.value.map(({ factor, ci }) => [factor, ci]), [
    [1, 0.2],
    [1, null],
  ]);
});

test('what fails is passed over and said, the rest is measured', async () => {
  const { result, times } = await measured([paperBench({ unit: 'u', fails: A }), paperBench({ unit: 'v' })]);
  assert.deepEqual(result, { ok: false, error: 'u has lost a' });
  assert.deepEqual(
    times.map(({ unit, model }) => `${unit} ${model}`),
    ['u b', 'v a', 'v b'],
  );
});

test('a measurement that is cancelled learns nothing of the step it was in', async () => {
  let asked = 0;
  const { result, steps, times } = await measured([paperBench({ unit: 'u' })], () => ++asked > 20);
  assert.equal(result.ok, true);
  assert.ok(steps.length < 3);
  assert.equal(times.length, 1);
});
