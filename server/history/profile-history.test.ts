import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KeptProfile } from '../application/measure/kept.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { connect } from './connection.ts';
import { migrate } from './migrate.ts';
import type { History } from './open.ts';
import { MOST_RECORDS } from './profile-history.ts';
import { scratch } from './scratch.ts';

const place = scratch();
let history: History;
before(async () => {
  history = await place.open();
});
after(async () => {
  await history.close();
  place.remove();
});

const measured = (unit: string, model: string, day: number, meanMs: number): KeptProfile => ({
  ...{ unit: unit as UnitId, model: model as ModelId, meanMs, p50Ms: meanMs, p95Ms: meanMs + 1, p99Ms: meanMs + 2 },
  ...{ ciMs: 0.5, loadMs: 9, samples: 50, outliers: 1, source: 'measured', conditions: null },
  measuredAt: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`,
});
const means = async (question: Partial<Parameters<History['profiles']['of']>[0]>) =>
  (await history.profiles.of({ limit: 100, ...question })).map(({ meanMs }) => meanMs);

test('every measurement of a pair is kept, beside the newest, and is there after a restart', async () => {
  await history.ledger.saveProfiles([measured('m.cpu', 'a', 1, 20), measured('m.cpu', 'b', 1, 70)]);
  await history.ledger.saveProfiles([measured('m.cpu', 'a', 9, 21)]);
  await history.ledger.saveProfiles([measured('m.cpu', 'a', 17, 30), measured('t.npu', 'a', 17, 5)]);
  await history.close();
  history = await place.open();
  assert.deepEqual(await means({ model: 'a', unit: 'm.cpu' }), [20, 21, 30]);
  assert.deepEqual(await means({ model: 'a' }), [20, 21, 30, 5]);
  assert.deepEqual(await means({ unit: 'm.cpu', since: new Date('2026-11-09T12:00:00Z') }), [21, 30]);
  assert.deepEqual(await means({ model: 'a', unit: 'm.cpu', limit: 2 }), [21, 30], 'the newest of them');
  const newest = (await history.shelf.profiles()).find((profile) => profile.model === 'a' && profile.unit === 'm.cpu');
  assert.equal(newest?.meanMs, 30);
  const { source: _, ...kept } = measured('m.cpu', 'b', 1, 70);
  assert.deepEqual(await history.profiles.of({ model: 'b', limit: 9 }), [kept]);
});

test('a time that was given by a table is no measurement', async () => {
  await history.ledger.saveProfiles([{ ...measured('t.cpu', 'given', 1, 86), source: 'given' }]);
  assert.deepEqual(await means({ model: 'given' }), []);
});

test('of a pair that is measured again and again the oldest go, and no other pair’s', async () => {
  for (let i = 0; i < MOST_RECORDS + 3; i += 50)
    await history.ledger.saveProfiles(Array.from({ length: 50 }, (_, j) => measured('m.cpu', 'often', 20, i + j)));
  const left = await history.profiles.of({ model: 'often', limit: 5000 });
  assert.equal(left.length, MOST_RECORDS);
  assert.equal(left.at(-1)?.meanMs, Math.ceil((MOST_RECORDS + 3) / 50) * 50 - 1);
  assert.deepEqual(await means({ model: 'a', unit: 'm.cpu' }), [20, 21, 30]);
});

test('what was measured with a model’s file goes with it, on the units that ran the file', async () => {
  await history.ledger.saveMeasurements({
    switchCosts: ['m.cpu', 't.npu'].map((unit) => ({
      ...{ unit: unit as UnitId, from: 'b' as ModelId, to: 'a' as ModelId, ms: 5, ciMs: 1, samples: 9 },
      ...{ measuredAt: '2026-11-20T12:00:00.000Z', conditions: null },
    })),
    coRuns: [],
  });
  await history.profiles.forget('a', ['m.cpu']);
  assert.deepEqual(await means({ model: 'a' }), [5]);
  assert.deepEqual(await means({ model: 'b' }), [70]);
  assert.equal(
    (await history.shelf.profiles()).some((p) => p.model === 'a' && p.unit === 'm.cpu'),
    false,
  );
  assert.deepEqual(
    (await history.shelf.measurements()).switchCosts.map(({ unit }) => unit),
    ['t.npu'],
  );
});

test('a board from before the history was kept begins it with what it knew', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const all = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  for (const name of readdirSync(all).filter((each) => /^\d/.test(each) && each < '20261128120010'))
    cpSync(join(all, name), join(folder, 'migrations', name), { recursive: true });
  const old = scratch();
  t.after(() => old.remove());
  const file = join(old.folder, 'switchyard.db');
  await migrate(file, join(folder, 'migrations'));
  const client = await connect(file);
  await client.execute(`INSERT INTO "Profile" ("unit", "model", "source", "meanMs", "p95Ms", "loadMs", "samples", "measuredAt")
    VALUES ('m.cpu', 'a', 'measured', 20, 24, 0, 5, '2026-11-24T03:34:44.000+00:00'),
           ('m.cpu', 'b', 'given', 90, 90, 0, 1, '2026-11-24T03:34:44.000+00:00')`);
  client.close();
  const opened = await old.open();
  const kept = await opened.profiles.of({ limit: 9 });
  await opened.close();
  assert.deepEqual(
    kept.map(({ model, meanMs, p50Ms, p99Ms, measuredAt }) => [model, meanMs, p50Ms, p99Ms, measuredAt]),
    [['a', 20, 20, 24, '2026-11-24T03:34:44.000Z']],
  );
});
