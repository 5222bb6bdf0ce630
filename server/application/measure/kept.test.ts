import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnitId } from '../../hardware/unit.ts';
import { measuredNow } from './kept.ts';

test('what was measured says under what conditions, as the machine was looked at last', () => {
  const options = { threads: 2, cores: [4, 5] };
  const warm = { machine: () => ({ governor: 'performance', temperatureC: 61.5 }), version: () => '1.2.3' };
  const run = { id: 7, beside: ['machine.ncs2' as UnitId] };
  const { measuredAt, conditions } = measuredNow('run', options, warm, run);
  assert.ok(Math.abs(Date.now() - Date.parse(measuredAt)) < 60_000);
  assert.deepEqual(conditions, {
    ...{ during: 'run', run: 7, beside: ['machine.ncs2'] },
    ...{ ...options, governor: 'performance', temperatureC: 61.5, version: '1.2.3' },
  });
  const unseen = measuredNow('first', options, { ...warm, machine: () => null }).conditions;
  assert.deepEqual([unseen?.governor, unseen?.temperatureC, unseen?.run], [null, null, null]);
});
