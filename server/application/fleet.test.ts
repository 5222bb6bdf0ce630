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
  };
}
const table = { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: 1 } } };

test('two people who add boards of one name at once get a board each', async () => {
  const kept = shelf();
  const fleet = await createFleet(kept, () => []);
  const added = await Promise.all([fleet.add('Mine', table), fleet.add('Mine', table), fleet.add('Mine', table)]);
  assert.deepEqual(
    added.map((board) => board.ok && board.value.id),
    ['mine', 'mine-2', 'mine-3'],
  );
  assert.deepEqual(kept.ids, ['mine', 'mine-2', 'mine-3']);
});

test('a core that this machine does not have is refused with a sentence, instead of a unit that cannot start', async () => {
  const fleet = await createFleet(shelf(), () => []);
  const set = await fleet.setOptions('machine.cpu', { threads: 1, cores: [0, 4096] });
  assert.match(set.ok ? '' : set.error, /^there is no core 4096: this machine has \d+, counted from 0$/);
  assert.ok((await fleet.setOptions('machine.cpu', { threads: 1, cores: [0] })).ok);
});
