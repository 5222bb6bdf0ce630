import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect } from './connection.ts';
import { runsJson } from './export.ts';
import { openHistory } from './open.ts';
import { addressOf } from './saved-views.ts';
import { experimentNamed, rowsFrom, scratch, searched } from './scratch.ts';

const place = scratch();
after(() => place.remove());

test('tags and notes are kept, and only what was different is said to be changed', async () => {
  const history = await place.open();
  const { runs } = await history.ledger.create(experimentNamed('marks', ['fcfs', 'sjf']));
  const [one, two] = runs.map((run) => run.id) as [number, number];
  assert.deepEqual(await history.edits.tag([one], { add: ['paper'] }), { changed: [one], missing: [] });
  assert.deepEqual(await history.edits.tag([one, two, 999], { add: ['paper'] }), { changed: [two], missing: [999] });
  assert.equal(await history.edits.mark(one, { note: 'quiet night', tags: ['b', 'a'] }), true);
  const line = await history.browse.runLine(one);
  assert.deepEqual([line?.tags, line?.note, line?.archived], [['a', 'b'], 'quiet night', false]);
  await history.edits.mark(one, { note: '' });
  assert.equal((await history.browse.runLine(one))?.note, '');
  assert.equal(await history.edits.mark(999, { note: 'x' }), false);
  await history.close();
});

test('an archived run is out of the list and of the newest runs, and comes back', async () => {
  const history = await place.open();
  const { runs } = await history.ledger.create(experimentNamed('shelved'));
  const id = runs[0]!.id; // it has one
  await history.db.run.update({ where: { id }, data: { status: 'done' } });
  const total = async (text: string) => (await history.browse.runs({ ...searched(text), limit: 1 })).total;
  const isRecent = async () => (await history.browse.recentRuns(10)).some((run) => run.id === id);
  assert.deepEqual([await total('shelved'), await isRecent()], [1, true]);
  assert.deepEqual(await history.edits.archive([id], true), { changed: [id], missing: [] });
  assert.deepEqual(await history.edits.archive([id], true), { changed: [], missing: [] });
  assert.deepEqual([await total('shelved'), await total('shelved archived:yes'), await isRecent()], [0, 1, false]);
  await history.edits.archive([id], false);
  assert.equal(await total('shelved'), 1);
  await history.close();
});

test('a deleted run takes its rows along, leaves a tombstone, and its number is never given again', async () => {
  const history = await place.open();
  const { runs } = await history.ledger.create(experimentNamed('doomed', ['fcfs', 'sjf']));
  const [first, last] = runs.map((run) => run.id) as [number, number];
  const refused = await history.edits.remove([first, last], 'ann');
  assert.ok(!refused.ok && /is not over/.test(refused.error), 'one of them waits');
  await history.db.run.updateMany({ where: { id: { in: [first, last] } }, data: { status: 'done' } });
  history.ledger.rows(last, rowsFrom(0, 10));
  await history.traces.finish(last);
  await history.edits.tag([last], { add: ['gone'] });
  assert.deepEqual(await history.edits.remove([last, 999], 'ann'), {
    ok: true,
    value: { changed: [last], missing: [999] },
  });
  assert.equal(await history.browse.run(last), null);
  assert.equal(await history.db.traceChunk.count({ where: { runId: last } }), 0);
  assert.equal(await history.db.runTag.count({ where: { runId: last } }), 0);
  const left = await history.browse.tombstone(last);
  assert.deepEqual([left?.name, left?.policy, left?.deletedBy, left?.spec.seed], ['doomed', 'sjf', 'ann', 42]);
  assert.equal((await history.browse.experiment(left!.experiment))?.runs.length, 1); // found above
  await history.close();
  const again = await place.open();
  const next = await again.ledger.create(experimentNamed('next'));
  assert.ok(next.runs[0]!.id > last, `${next.runs[0]!.id} after ${last}`); // it has one
  await again.close();
});

test('an export as JSON is one array of what fits, and says what was simulated', async () => {
  const history = await place.open();
  await history.ledger.create(experimentNamed('exported', ['fcfs', 'sjf']));
  const text = async (search: string) => {
    let all = '';
    for await (const part of runsJson(history.db, searched(search))) all += part;
    return JSON.parse(all);
  };
  const runs = await text('exported');
  assert.deepEqual(
    runs.map((run: { policy: string; simulated: boolean; models: string[] }) => [
      run.policy,
      run.simulated,
      run.models,
    ]),
    [
      ['sjf', true, ['mobilenet_v2']],
      ['fcfs', true, ['mobilenet_v2']],
    ],
  );
  assert.deepEqual(await text('nothing-like-it'), []);
  await history.close();
});

test('a view is found at an address made of its name', async () => {
  const history = await place.open();
  const view = { name: 'Paper, final!', query: 'q=tag%3Apaper', createdBy: 'ann' };
  assert.equal((await history.views.add(view)).id, 'paper-final');
  assert.equal((await history.views.add(view)).id, 'paper-final-2');
  assert.deepEqual(await history.views.change('paper-final', { name: 'Other' }), {
    ...view,
    id: 'paper-final',
    name: 'Other',
  });
  assert.equal(await history.views.change('nowhere', { name: 'x' }), null);
  assert.deepEqual(
    [await history.views.remove('paper-final'), await history.views.remove('paper-final')],
    [true, false],
  );
  await history.close();
  assert.deepEqual([addressOf('논문 그림', []), addressOf('!!!', ['view'])], ['논문-그림', 'view-2']);
});

test('a database from before searches is upgraded: its experiments are found by what they were made of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  const old = join(folder, 'migrations');
  mkdirSync(old);
  const before = readdirSync(migrations).filter((name) => /^\d/.test(name) && name < '20261126104850');
  for (const name of before) cpSync(join(migrations, name), join(old, name), { recursive: true });
  const file = join(folder, 'data', 'switchyard.db');
  const { migrate } = await import('./migrate.ts');
  await migrate(file, old);
  const client = await connect(file);
  const { spec, name } = experimentNamed('from before');
  await client.execute({
    sql: `INSERT INTO Experiment (id, name, status, source, spec, platform, createdBy, createdAt) VALUES (1, ?, 'done', 'simulated', ?, '{}', 'Ann', '2026-11-20T00:00:00.000+00:00')`,
    args: [name, JSON.stringify(spec)],
  });
  await client.execute(
    `INSERT INTO Run (id, experimentId, name, policy, repeat, status, source, createdAt, jobs) VALUES (1, 1, 'from before', 'sjf', 1, 'done', 'simulated', '2026-11-20T00:00:00.000+00:00', 5)`,
  );
  client.close();
  const history = await openHistory(file, migrations);
  const page = await history.browse.runs({
    ...searched('model:mobilenet_v2 unit:coral unit:tinker.cpu board:tinker workload:closed by:ann before:2026-11-21'),
    limit: 5,
  });
  assert.deepEqual(
    page.items.map(({ id, models, boards, workload }) => [id, models, boards, workload]),
    [[1, ['mobilenet_v2'], ['tinker'], 'closed']],
  );
  await history.close();
  rmSync(folder, { recursive: true });
});
