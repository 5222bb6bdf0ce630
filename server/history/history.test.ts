import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { emptyColumns, encodeTrace, UNEXPLAINED } from '../application/trace.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { RUN_SORTS } from '../panel/wire.ts';
import { createProfiler } from '../scheduling/profiler.ts';
import { REASONS } from '../scheduling/reason.ts';
import { wholeTrace } from './chunks.ts';
import { cell, jobLines, runsCsv } from './export.ts';
import { lockFolder } from './lock.ts';
import type { History } from './open.ts';
import { createRecorder } from './record.ts';
import { readCursor } from './run-order.ts';
import { experimentNamed, planOfRun, rowsFrom, scratch, searched } from './scratch.ts';
import type { Database } from './sqlite.ts';
import { createTraceKeeper } from './trace-keeper.ts';

const place = scratch();
after(() => place.remove());

const collect = async (parts: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const part of parts) text += part;
  return text;
};

async function started(history: History, name: string): Promise<number> {
  const { runs, id } = await history.ledger.create(experimentNamed(name));
  await history.ledger.experimentStarted(id);
  const [run] = runs;
  assert.ok(run);
  await history.ledger.runStarted(run.id, planOfRun(run.id));
  return run.id;
}

test('nobody else on the machine can read what is kept', async () => {
  const history = await place.open();
  assert.equal(statSync(place.folder).mode & 0o777, 0o700);
  for (const name of ['switchyard.db', 'switchyard.db-wal'])
    assert.equal(statSync(join(place.folder, name)).mode & 0o777, 0o600, name);
  await history.close();
});

test('writes that arrive together share a commit, and a faulty one fails alone', async () => {
  const history = await place.open();
  const user = (name: string) => history.record.write((db) => db.user.create({ data: { name, role: 'viewer' } }));
  const results = await Promise.allSettled([user('a'), user('b'), user('a'), user('c')]);
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(await history.db.user.count(), 3);
  await history.close();
});

test('two hundred writes of one moment are one commit', async () => {
  let commits = 0;
  const db = { $transaction: async () => void commits++ } as unknown as Database;
  const { write } = createRecorder(db);
  await Promise.all(Array.from({ length: 200 }, () => write(() => null as never)));
  assert.equal(commits, 1);
});

test('rows become few chunks and come back as they were', async () => {
  const history = await place.open();
  const run = await started(history, 'rows');
  for (let seq = 0; seq < 10_000; seq += 50) history.ledger.rows(run, rowsFrom(seq, 50));
  await history.traces.finish(run);
  const chunks = await history.db.traceChunk.count({ where: { runId: run } });
  assert.ok(chunks <= 4, `${chunks} chunks`);
  const trace = await wholeTrace(history.db, run);
  assert.equal(trace.rows, 10_000);
  assert.equal(trace.endMs[9999], 100_000);
  assert.equal(trace.job[5000], 5000);
  await history.ledger.runEnded(run, { status: 'done', reason: null, figures: null, failed: 0, quality: null });
  await history.close();
});

test('a run that was cut short is interrupted at the next start, keeps its rows and has their figures', async () => {
  const before = await place.open();
  const run = await started(before, 'cut');
  const waiting = await before.ledger.create(experimentNamed('waits'));
  before.ledger.rows(run, rowsFrom(0, 60));
  await before.traces.finish(run);
  await before.close();
  const history = await place.open();
  const kept = await history.browse.run(run);
  assert.equal(kept?.status, 'interrupted');
  assert.match(kept?.reason ?? '', /server ended/);
  assert.equal(kept?.rows, 60);
  assert.equal(kept?.figures?.jobs, 60);
  assert.equal(kept?.throughput, 100);
  assert.deepEqual(
    (await history.ledger.queued()).map((experiment) => experiment.id),
    [waiting.id],
  );
  await history.ledger.experimentEnded(waiting.id, 'stopped');
  await history.close();
});

test('pages follow each other without a gap or a repeat, in every order, with runs that have no figure', async () => {
  const history = await place.open();
  for (let i = 0; i < 12; i++) {
    const { runs } = await history.ledger.create(experimentNamed(`page ${i}`, ['fcfs', 'sjf']));
    const data = { throughput: i % 3 === 0 ? null : (i * 7) % 5 };
    await history.db.run.update({ where: { id: runs[0]!.id }, data }); // it has two runs
  }
  for (const sort of RUN_SORTS)
    for (const order of ['asc', 'desc'] as const) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const from = cursor === null ? undefined : (readCursor(cursor) ?? assert.fail());
        const page = await history.browse.runs({ ...searched('page'), sort, order, limit: 5, cursor: from });
        seen.push(...page.items.map((run) => run.id));
        assert.equal(page.total, 24);
        cursor = page.next;
      } while (cursor !== null);
      assert.equal(seen.length, 24, `${sort} ${order}`);
      assert.equal(new Set(seen).size, 24, `${sort} ${order}`);
    }
  await history.close();
});

test('exports say SIMULATED and hold no formula', async () => {
  const history = await place.open();
  const run = await started(history, '=HYPERLINK("http://evil")');
  history.ledger.rows(run, rowsFrom(0, 2));
  await history.traces.finish(run);
  const csv = await collect(runsCsv(history.db, searched('HYPERLINK')));
  const [, line = ''] = csv.split('\r\n');
  assert.match(line, /,SIMULATED,/);
  assert.match(line, /"'=HYPERLINK\(""http:\/\/evil""\)"/);
  for (const formula of ['=1', '+1', '-1', '@x', ' =1', '\t=1'])
    assert.ok(cell(formula).replace('"', '').startsWith("'"), formula);
  assert.equal(cell(-1), '-1');
  const lines = (await collect((await jobLines(history.db, run)) ?? assert.fail())).trim().split('\n');
  const rows = lines.map((text) => JSON.parse(text));
  assert.deepEqual(
    rows.map((row) => [row.seq, row.unit, row.simulated]),
    [
      [0, 'tinker.cpu', true],
      [1, 'tinker.cpu', true],
    ],
  );
  await history.close();
});

test('two servers never share a folder, and the lock of a dead one is seen through', async () => {
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(place.folder, 'lock'), `${process.ppid}\n`);
  const refused = lockFolder(place.folder);
  assert.equal(refused.ok, false);
  writeFileSync(join(place.folder, 'lock'), '4194304 1\n');
  const lock = lockFolder(place.folder);
  assert.equal(lock.ok, true);
  if (lock.ok) lock.value();
});

test('a write that its own rows contradict is refused, and the database is not said to be in trouble for it', async () => {
  const history = await place.open();
  const board = { id: 'twice', name: 'Twice', table: '{}' };
  await history.shelf.addBoard(board);
  await assert.rejects(history.shelf.addBoard(board));
  assert.equal(history.record.trouble, null);
  await assert.rejects(history.record.write((db) => db.$executeRaw`INSERT INTO "Nowhere" VALUES (1)`));
  assert.match(String(history.record.trouble), /refuses to write/);
  await history.close();
});

test('rows that could not be kept are said at the end, also when the figures were asked for first', async () => {
  const history = await place.open();
  const broken = createTraceKeeper(
    {
      ...history.record,
      write: () => Promise.reject(new Error('Invalid `x()`\n\nSQLITE_FULL: database or disk is full')),
    },
    1,
  );
  broken.rows(1, rowsFrom(0, 10));
  await broken.settled(1);
  await assert.rejects(broken.finish(1), { message: 'Rows from 0 on could not be kept: the disk is full.' });
  await history.close();
});

test('an export of many runs holds each once, also when another run begins meanwhile', async () => {
  const history = await place.open();
  const policies = Array.from({ length: 520 }, (_, i) => `p${i}`);
  await history.ledger.create(experimentNamed('many', policies));
  const lines: string[] = [];
  for await (const part of runsCsv(history.db, searched('many'))) {
    lines.push(...part.split('\r\n').filter(Boolean));
    if (lines.length === 501) await history.ledger.create(experimentNamed('many', ['late']));
  }
  const ids = lines.slice(1).map((line) => line.split(',')[0]);
  assert.deepEqual([ids.length, new Set(ids).size], [520, 520]);
  await history.close();
});

test('rehearsals of a run are kept in order, and go with the run', async () => {
  const history = await place.open();
  const run = await started(history, 'race');
  const round = (atMs: number, winner: string) =>
    ({
      atMs,
      figure: 'p99',
      entries: [
        { policy: 'mct', value: 812.5 },
        { policy: 'sufferage', value: 430 },
      ],
      winner,
      switched: atMs > 1000,
      jobs: 300,
      tookMs: 4.2,
    }) as const;
  await history.ledger.round(run, round(1000, 'sufferage'));
  await history.ledger.round(run, round(2000, 'mct'));
  assert.deepEqual(await history.browse.rounds(run), [round(1000, 'sufferage'), round(2000, 'mct')]);
  assert.deepEqual(await history.browse.rounds(run + 1000), []);
  await history.record.write((db) => db.run.delete({ where: { id: run } }));
  assert.deepEqual(await history.browse.rounds(run), []);
  await history.close();
});

test('the exported rows say why and by when, and say nothing where nobody asked', async () => {
  const history = await place.open();
  const run = await started(history, 'reasons');
  const columns = emptyColumns(2, 0, 1);
  columns.reason.set([REASONS.indexOf('stolen'), UNEXPLAINED]);
  columns.deadlineMs.set([250, Number.POSITIVE_INFINITY]);
  columns.priority.set([3, 0]);
  history.ledger.rows(run, encodeTrace(columns));
  await history.traces.finish(run);
  const lines = (await collect((await jobLines(history.db, run)) ?? assert.fail())).trim().split('\n');
  assert.deepEqual(
    lines.map((text) => JSON.parse(text)).map(({ reason, deadlineMs, priority }) => ({ reason, deadlineMs, priority })),
    [
      { reason: 'stolen', deadlineMs: 250, priority: 3 },
      { reason: null, deadlineMs: null, priority: 0 },
    ],
  );
  await history.close();
});

test('a profile is kept with its spread, also when that is not known yet', async () => {
  const history = await place.open();
  const profiler = createProfiler([]);
  const measured = { measuredAt: '2026-11-26T03:00:00.000Z', conditions: null };
  const [unit, model] = ['kept.npu' as UnitId, 'resnet50' as ModelId];
  profiler.observe(model, unit, 20);
  await history.ledger.saveProfiles(profiler.profiles().map((profile) => ({ ...profile, ...measured })));
  const kept = async () => (await history.shelf.profiles()).find((profile) => profile.unit === unit);
  assert.equal((await kept())?.ciMs, null, 'one measurement has no spread');
  for (const ms of [21, 22, 19]) profiler.observe(model, unit, ms);
  await history.ledger.saveProfiles(profiler.profiles().map((profile) => ({ ...profile, ...measured })));
  const { p50Ms, p99Ms, outliers, ciMs, samples } = (await kept()) ?? {};
  assert.deepEqual([p50Ms, outliers, samples], [20, 0, 4]);
  assert.ok((p99Ms ?? 0) > 0 && (ciMs ?? 0) > 0 && (ciMs ?? 0) < 3);
  await history.close();
});
