import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnitLive } from '../../../server/panel/wire.ts';
import { createUnitWatch } from './unit-changes.ts';

const unit = (status: UnitLive['status'], drift: number | null = null, reason: string | null = null) =>
  [{ id: 'tinker.npu', status, drift, reason }] as unknown as UnitLive[];
/** What is told of these looks, one after the other. */
const told = (...looks: UnitLive[][]) => {
  const watch = createUnitWatch();
  return looks.flatMap((units) => watch.look(units)).map(({ unit: _, ...change }) => change);
};

test('a unit is lost, is put into quarantine, and comes back', () => {
  assert.deepEqual(
    told(unit('running'), unit('absent', null, 'unplugged'), unit('quarantined', null, 'three crashes'), unit('ready')),
    [{ what: 'lost', reason: 'unplugged' }, { what: 'quarantined', reason: 'three crashes' }, { what: 'back' }],
  );
});

test('a lost unit that starts is not back before it is ready', () => {
  assert.deepEqual(told(unit('absent'), unit('starting')), []);
  assert.deepEqual(told(unit('absent'), unit('starting'), unit('ready')), [{ what: 'back' }]);
  assert.deepEqual(told(unit('absent'), unit('starting'), unit('absent')), []);
});

test('ordinary comings and goings are no news, nor is a unit that was not known', () => {
  assert.deepEqual(told(unit('ready'), unit('running'), unit('asleep'), unit('starting'), unit('ready')), []);
  assert.deepEqual(told([], unit('absent'), unit('absent')), []);
});

test('a lasting change of speed is told once, in the direction that it took', () => {
  assert.deepEqual(told(unit('running'), unit('running', 2), unit('running', 2)), [{ what: 'slower', times: 2 }]);
  assert.deepEqual(told(unit('running', 2), unit('running', 0.5)), [{ what: 'quicker', times: 2 }]);
  assert.deepEqual(told(unit('running', 2), unit('ready', null)), [], 'a new run begins');
});
