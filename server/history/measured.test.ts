import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KeptCoRun, KeptProfile, KeptSwitchCost, MeasuringConditions } from '../application/measure/kept.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { connect } from './connection.ts';
import { migrate } from './migrate.ts';
import { scratch } from './scratch.ts';

const place = scratch();
after(() => place.remove());

const [unit, beside] = ['board.a', 'board.b'] as UnitId[] as [UnitId, UnitId];
const [model, other] = ['m', 'n'] as ModelId[] as [ModelId, ModelId];
const conditions: MeasuringConditions = {
  ...{ during: 'run', run: 7, beside: [beside], threads: 2, cores: [0, 1], governor: 'performance' },
  ...{ temperatureC: 51.5, version: '1.2.3' },
};
const measured = { measuredAt: '2026-11-26T03:00:00.000Z', conditions };
const profile: KeptProfile = {
  ...{ unit, model, meanMs: 20, p50Ms: 19, p95Ms: 24, p99Ms: 28, ciMs: 0.3, loadMs: 140, samples: 61, outliers: 2 },
  ...{ source: 'measured', ...measured },
};
const cost: KeptSwitchCost = { unit, from: model, to: other, ms: 480, ciMs: 3, samples: 8, ...measured };
const coRun: KeptCoRun = { unit, model, beside, besideModel: other, factor: 1.4, ci: 0.05, samples: 9, ...measured };

test('what was measured is there after a restart, with its date and its conditions; the newest of each takes the place', async () => {
  const history = await place.open();
  await history.ledger.saveProfiles([profile]);
  await history.ledger.saveMeasurements({ switchCosts: [cost], coRuns: [coRun] });
  const later = { ...measured, measuredAt: '2026-11-27T03:00:00.000Z' };
  await history.ledger.saveProfiles([{ ...profile, meanMs: 21, ...later }]);
  await history.ledger.saveMeasurements({ switchCosts: [{ ...cost, ms: 500, ...later }], coRuns: [] });
  await history.close();
  const again = await place.open();
  assert.deepEqual(await again.shelf.profiles(), [{ ...profile, meanMs: 21, ...later }]);
  assert.deepEqual(await again.shelf.measurements(), {
    switchCosts: [{ ...cost, ms: 500, ...later }],
    coRuns: [coRun],
  });
  await again.close();
});

test('what was measured of a board goes with the board', async () => {
  const history = await place.open();
  await history.shelf.removeBoard('board');
  assert.deepEqual(await history.shelf.profiles(), []);
  assert.deepEqual(await history.shelf.measurements(), { switchCosts: [], coRuns: [] });
  await history.close();
});

test('a profile from before quantiles were kept is still a profile', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const all = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  const [first] = ['20261124033444_first'];
  cpSync(join(all, first), join(folder, 'migrations', first), { recursive: true });
  const old = scratch();
  t.after(() => old.remove());
  const file = join(old.folder, 'switchyard.db');
  await migrate(file, join(folder, 'migrations'));
  const client = await connect(file);
  await client.execute(`INSERT INTO "Profile" ("unit", "model", "source", "meanMs", "p95Ms", "loadMs", "samples", "measuredAt")
    VALUES ('board.a', 'm', 'measured', 20, 24, 0, 5, '2026-11-24T03:34:44.000+00:00')`);
  client.close();
  const history = await old.open();
  assert.deepEqual(await history.shelf.profiles(), [
    {
      ...profile,
      ...{ p50Ms: 20, p99Ms: 24, ciMs: null, loadMs: 0, samples: 5, outliers: 0 },
      ...{ measuredAt: '2026-11-24T03:34:44.000Z', conditions: null },
    },
  ]);
  await history.close();
});
