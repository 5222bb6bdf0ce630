import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnitLive, UnitView } from '../../../server/panel/wire.ts';
import { en } from '../../ui/words/en.ts';
import { unitWarnings } from './unit-warnings.ts';

const live = (id: string, over: Partial<UnitLive> = {}) =>
  ({ id, status: 'ready', faults: [], ...over }) as unknown as UnitLive;
const units = ['npu', 'coral', 'cpu'].map((id) => ({
  id,
  name: id.toUpperCase(),
  live: live(id),
})) as unknown as UnitView[];
const said = (chosen: readonly string[], now: readonly UnitLive[]) => unitWarnings(chosen, units, now, en);

test('of chosen units that are away, quarantined or broken on purpose it is said what a run will do', () => {
  const now = [
    live('npu', { status: 'absent' }),
    live('coral', { status: 'quarantined' }),
    live('cpu', { faults: [{ kind: 'slow', factor: 2 }] }),
  ];
  assert.deepEqual(said(['npu', 'coral', 'cpu'], now), [
    en.create.warning.absent('NPU'),
    en.create.warning.quarantined('CORAL'),
    en.create.warning.faulty('CPU'),
  ]);
  assert.deepEqual(said(['cpu'], [now[0]!, now[1]!]), [], 'what is not chosen does not matter'); // three were made
});

test('while nothing is live, what came with the page counts', () => {
  assert.deepEqual(said(['npu'], []), []);
});
