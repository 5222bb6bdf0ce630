import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencyTable } from './board.ts';
import { customBoard, shippedBoards } from './boards.ts';
import { POSTER_PARAMETERS, POSTER_RANKS, POSTER_TABLE } from './simulated/poster.ts';
import { timeIn } from './time-in.ts';

test('two boards are shipped: this machine, which is hardware, and the poster’s, which says it is simulated', () => {
  const [machine, tinker] = shippedBoards({
    models: ['resnet50', 'mine'].map((id) => ({ id, files: [{ format: 'onnx', precision: 'fp32', file: null }] })),
  });
  assert.deepEqual(machine?.models, ['resnet50', 'mine']);
  assert.deepEqual(
    machine?.units.map((u) => [u.id, u.driver, u.source, u.latencyMs]),
    [['machine.cpu', 'onnx', 'hardware', null]],
  );
  assert.notEqual(machine?.units[0]?.name.trim(), '');
  assert.deepEqual(
    tinker?.units.map((u) => [u.id, u.name, u.precision, u.modelSlots, u.source]),
    [
      ['tinker.cpu', 'CPU (Cortex-A72)', 'fp32', null, 'simulated'],
      ['tinker.ncs2', 'Intel NCS2', 'fp16', 1, 'simulated'],
      ['tinker.coral', 'Google Coral USB', 'int8', null, 'simulated'],
      ['tinker.npu', 'Rockchip NPU', 'int8', null, 'simulated'],
    ],
  );
});

test('each simulated unit carries its own row of the table', () => {
  const npu = shippedBoards({ models: [] })[1]?.units.find((u) => u.id === 'tinker.npu');
  assert.deepEqual(npu?.latencyMs, { mobilenet_v2: 10.499, resnet50: 21.345, resnet101: 31.77 });
});

test('options that a person set reach the unit they were set for', () => {
  const options = { 'machine.cpu': { threads: 2, cores: [0, 1] } };
  assert.deepEqual(shippedBoards({ models: [], options })[0]?.units[0]?.options, { threads: 2, cores: [0, 1] });
});

test('a person’s table becomes a custom board with its slots and switch costs', () => {
  const table = {
    units: [{ id: 'a', modelSlots: 2, switchMs: 7 }, { id: 'b' }],
    models: ['m'],
    latencyMs: { a: { m: 3 } },
  };
  const board = customBoard('lab', 'The lab', table);
  assert.equal(board.custom, true);
  assert.deepEqual(
    board.units.map((u) => [u.id, u.modelSlots, u.switchMs, u.latencyMs]),
    [
      ['lab.a', 2, 7, { m: 3 }],
      ['lab.b', null, undefined, {}],
    ],
  );
});

test('the poster’s ranks name only models of its table, and none for the NCS2', () => {
  for (const ranks of Object.values(POSTER_RANKS)) assert.deepEqual([...ranks].sort(), [...POSTER_TABLE.models].sort());
  assert.equal(POSTER_RANKS.ncs2, undefined);
  assert.deepEqual(Object.values(POSTER_PARAMETERS), [3_538_984, 25_636_712, 44_707_176]);
});

test('a unit or a model may be called "constructor", as every object’s own is, and still has no time that was not given', () => {
  const table = (latencyMs: Record<string, Record<string, number>>) =>
    latencyTable.safeParse({ units: [{ id: 'constructor' }], models: ['length'], latencyMs });
  assert.equal(table({}).success, false);
  const given = table({ constructor: { length: 3 } });
  assert.ok(given.success);
  const [unit] = customBoard('mine', 'Mine', given.data).units;
  assert.deepEqual(unit?.latencyMs, { length: 3 });
  assert.equal(timeIn(unit?.latencyMs ?? {}, 'constructor'), null);
});
