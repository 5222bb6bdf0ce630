import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFleet } from './fleet.ts';

/** A shelf that is slow, and that keeps an id once. */
function shelf() {
  const ids: string[] = [];
  return {
    ids,
    boards: async () => [],
    async addBoard({ id }: { id: string }) {
      await new Promise((later) => setTimeout(later, 5));
      assert.ok(!ids.includes(id), `${id} is kept twice`);
      ids.push(id);
    },
    removeBoard: async () => {},
    options: async () => new Map(),
    setOptions: async () => {},
    ownUnits: async () => [],
    putOwnUnit: async () => {},
    removeOwnUnit: async () => {},
  };
}
const table = { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: 1 } } };

test('two people who add boards of one name at once get a board each', async () => {
  const kept = shelf();
  const fleet = await createFleet(kept, { models: () => [] });
  const added = await Promise.all([fleet.add('Mine', table), fleet.add('Mine', table), fleet.add('Mine', table)]);
  assert.deepEqual(
    added.map((board) => board.ok && board.value.id),
    ['mine', 'mine-2', 'mine-3'],
  );
  assert.deepEqual(kept.ids, ['mine', 'mine-2', 'mine-3']);
});

test('a core that this machine does not have is refused with a sentence, instead of a unit that cannot start', async () => {
  const fleet = await createFleet(shelf(), { models: () => [] });
  const set = await fleet.setOptions('machine.cpu', { threads: 1, cores: [0, 4096] });
  assert.match(set.ok ? '' : set.error, /^there is no core 4096: this machine has \d+, counted from 0$/);
  assert.ok((await fleet.setOptions('machine.cpu', { threads: 1, cores: [0] })).ok);
});

const sketch = (over = {}) => ({ name: 'A second NPU', latencyMs: { x: 5 }, modelSlots: 1, switchMs: 200, ...over });

test('a simulated unit is put on this machine’s board, becomes another, and is taken away', async () => {
  const fleet = await createFleet(shelf(), { models: () => ['x', 'y'].map((id) => ({ id, files: [] })) });
  const added = await fleet.putUnit(sketch());
  assert.ok(added.ok);
  const { id, source, latencyMs, modelSlots, switchMs } = added.value;
  assert.deepEqual([id, source, modelSlots, switchMs], ['machine.a-second-npu', 'simulated', 1, 200]);
  assert.deepEqual(latencyMs, { x: 5 });
  const again = await fleet.putUnit(sketch());
  assert.equal(again.ok && again.value.id, 'machine.a-second-npu-2');
  assert.ok((await fleet.putUnit(sketch({ latencyMs: { y: 9 } }), id)).ok);
  assert.deepEqual(fleet.unit(id)?.latencyMs, { y: 9 });
  assert.ok((await fleet.removeUnit(id)).ok);
  assert.equal(fleet.unit(id), undefined);
});

test('only simulated units of this machine are changed so, with models that it has', async () => {
  const fleet = await createFleet(shelf(), { models: () => ['x'].map((id) => ({ id, files: [] })) });
  const errors = [
    await fleet.putUnit(sketch(), 'machine.cpu'),
    await fleet.removeUnit('tinker.npu'),
    await fleet.putUnit(sketch({ latencyMs: { z: 1 } })),
  ].map((result) => (result.ok ? '' : result.error));
  assert.deepEqual(errors, [
    'there is no simulated unit "machine.cpu" on this machine',
    'there is no simulated unit "tinker.npu" on this machine',
    'this machine has no model "z"',
  ]);
});

test('how many models a real unit holds is a person’s to say', async () => {
  const fleet = await createFleet(shelf(), { models: () => [] });
  const set = await fleet.setOptions('machine.cpu', { threads: 1, cores: null, modelSlots: 2 });
  assert.equal(set.ok && set.value.modelSlots, 2);
});
