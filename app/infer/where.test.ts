import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoardView, ModelView } from '../../server/panel/wire.ts';
import { choicesFor, looksAt, whereKey, whereOf } from './where.ts';

const unit = (id: string, latencyMs: Record<string, number | null> | null) => ({
  id,
  latencyMs,
  source: latencyMs ? 'simulated' : 'hardware',
});
const boards = [
  { id: 'sim', simulated: true, units: [unit('sim.a', { net: 3, big: null }), unit('sim.b', { big: 4 })] },
  { id: 'machine', simulated: false, units: [unit('machine.cpu', null)] },
] as unknown as BoardView[];
const models = [
  { id: 'net', ready: true },
  { id: 'big', ready: false },
] as unknown as ModelView[];
const names = (model: string) =>
  choicesFor(model, boards, models).map(({ board, units }) => [board.id, units.map(({ id }) => String(id))]);

test('a model is offered where it runs, real hardware first', () => {
  assert.deepEqual(names('net'), [
    ['machine', ['machine.cpu']],
    ['sim', ['sim.a']],
  ]);
  assert.deepEqual(names('big'), [['sim', ['sim.b']]], 'its file is not written yet');
  assert.deepEqual(names('other'), []);
});

test('a choice holds as long as it can run the model', () => {
  const [net, big] = [choicesFor('net', boards, models), choicesFor('big', boards, models)];
  assert.deepEqual(whereOf(null, net), { board: 'machine' });
  assert.deepEqual(whereOf({ unit: 'sim.a' }, net), { unit: 'sim.a' });
  assert.deepEqual(whereOf({ unit: 'sim.a' }, big), { board: 'sim' });
  assert.deepEqual(whereOf({ board: 'machine' }, big), { board: 'sim' });
  assert.equal(whereOf({ board: 'sim' }, []), null);
  assert.deepEqual([{ unit: 'sim.a' }, { board: 'sim' }].map(whereKey), ['unit sim.a', 'board sim']);
});

test('only real units look at a picture', () => {
  const choices = choicesFor('net', boards, models);
  assert.deepEqual(
    [{ board: 'machine' }, { unit: 'machine.cpu' }, { board: 'sim' }, { unit: 'sim.a' }].map((each) =>
      looksAt(each, choices),
    ),
    [true, true, false, false],
  );
});
