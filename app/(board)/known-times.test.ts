import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoardState, BoardView, UnitView } from '../../server/panel/wire.ts';
import { knownOf } from './known-times.ts';

const unit = (id: string, latencyMs: UnitView['latencyMs']) => ({ id, latencyMs }) as UnitView;
const board: Pick<BoardView, 'units' | 'models'> = {
  models: ['a', 'b'],
  units: [unit('x.one', { a: 1, b: null }), unit('x.two', null)],
};
const profile = (unit: string, model: string, measuredAt: string | null) =>
  ({ unit, model, measuredAt, source: measuredAt ? 'measured' : 'guessed' }) as BoardState['profiles'][number];

test('what a unit cannot run is not missing, what is guessed was not measured, and the newest date counts', () => {
  assert.deepEqual(knownOf(board, []), { measured: 0, of: 3, newest: null });
  const profiles = [
    profile('x.one', 'a', '2026-11-26T10:00:00.000Z'),
    profile('x.two', 'a', '2026-11-25T10:00:00.000Z'),
    profile('x.two', 'b', null),
    profile('other.one', 'a', '2026-11-27T10:00:00.000Z'),
  ];
  assert.deepEqual(knownOf(board, profiles), { measured: 2, of: 3, newest: '2026-11-26T10:00:00.000Z' });
});
