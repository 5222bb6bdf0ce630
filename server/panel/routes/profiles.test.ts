import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { ProfileRecord } from '../wire.ts';

let panel: ScratchPanel;
let viewer: string;
before(async () => {
  panel = await scratchPanel();
  viewer = await panel.sessionOf('viewer');
});
after(() => panel.close());

const ask = (path: string) => askAs(panel, viewer, 'GET', `/api/v1${path}`);

test('what the engine measures becomes the history of its pair, oldest first', async () => {
  for (const [day, meanMs] of [
    [1, 20],
    [8, 22],
  ] as const) {
    await panel.history.ledger.saveProfiles([
      {
        ...{ unit: 'machine.cpu' as UnitId, model: 'net' as ModelId, meanMs, p50Ms: meanMs, p95Ms: 30, p99Ms: 31 },
        ...{ ciMs: 0.2, loadMs: 100, samples: 60, outliers: 0, source: 'measured', conditions: null },
        measuredAt: `2026-11-0${day}T10:00:00.000Z`,
      },
    ]);
  }
  const all: ProfileRecord[] = JSON.parse((await ask('/profiles?model=net&unit=machine.cpu')).text);
  assert.deepEqual(
    all.map(({ meanMs, ciMs }) => [meanMs, ciMs]),
    [
      [20, 0.2],
      [22, 0.2],
    ],
  );
  const late: ProfileRecord[] = JSON.parse((await ask('/profiles?model=net&since=2026-11-05T00:00:00Z')).text);
  assert.deepEqual(
    late.map(({ meanMs }) => meanMs),
    [22],
  );
  assert.deepEqual(JSON.parse((await ask('/profiles?model=other')).text), []);
});

test('a wrong question is refused in a sentence', async () => {
  const { status, text } = await ask('/profiles?since=yesterday');
  assert.equal(status, 400);
  assert.match(JSON.parse(text).error, /must be a date such as 2026-11-01/);
});
