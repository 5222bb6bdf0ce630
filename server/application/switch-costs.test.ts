import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnitSpec } from '../hardware/board.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { switchCostOf } from './switch-costs.ts';

const id = 'machine.stick' as UnitId;
const [a, b, c] = ['a', 'b', 'c'] as ModelId[] as [ModelId, ModelId, ModelId];
const real: UnitSpec = {
  ...{ id, name: 'Stick', driver: 'ncs2', source: 'hardware', precision: 'fp16', modelSlots: 1, latencyMs: null },
  options: { threads: 1, cores: null },
};
const cost = { unit: id, from: a, to: b, ms: 400, ciMs: 5, samples: 8 };
const learnt = {
  profiles: [
    { unit: id, model: b, loadMs: 300 },
    { unit: id, model: c, loadMs: 200 },
    { unit: 'machine.other' as UnitId, model: a, loadMs: 7 },
  ],
  switchCosts: [cost, { ...cost, unit: 'machine.other' as UnitId, to: c }],
};

test('a real unit’s switch costs what was measured of the pair, else what loading took, else nothing', () => {
  assert.deepEqual(switchCostOf(real, [a, b, c], learnt), {
    a: { b: 400, c: 200 },
    b: { a: 0, c: 200 },
    c: { a: 0, b: 300 },
  });
});

test('a measured cost that cannot be told from nothing is nothing, whatever loading took', () => {
  const unsure = { ...learnt, switchCosts: [{ ...cost, ms: 4 }] };
  assert.deepEqual(switchCostOf(real, [a, b], unsure), { a: { b: 0 }, b: { a: 0 } });
});

test('what a person says counts more than what was measured, nothing included', () => {
  const said = (switchMs: number | null) =>
    switchCostOf({ ...real, options: { ...real.options, switchMs } }, [a, b], learnt);
  assert.equal(said(50), 50);
  assert.equal(said(0), 0);
  assert.deepEqual(said(null), { a: { b: 400 }, b: { a: 0 } });
});

test('a simulated unit keeps to its table', () => {
  const simulated: UnitSpec = { ...real, source: 'simulated', latencyMs: { a: 1, b: 2 }, switchMs: 9 };
  assert.equal(switchCostOf(simulated, [a, b], learnt), 9);
  assert.equal(switchCostOf({ ...real, latencyMs: { a: 1 } }, [a, b], learnt), 0);
});
