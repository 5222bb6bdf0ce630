import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from '../connection.ts';
import type { History } from '../open.ts';
import { experimentNamed, scratch, searched } from '../scratch.ts';
import { conditionOf, FROM_RUNS } from './sql.ts';
import { beginningOf } from './when.ts';

const place = scratch();
let history: History;
/** 1 fcfs and 2 sjf of "Poster 100%", 3 fcfs of "Night_sweep", 4 sjf of "Archive". */
before(async () => {
  history = await place.open();
  const { ledger, db, edits } = history;
  await ledger.create(experimentNamed('Poster 100%', ['fcfs', 'sjf']));
  const night = experimentNamed('Night_sweep');
  const models = [{ id: 'resnet50', jobs: 10 }];
  await ledger.create({
    ...night,
    createdBy: 'Bob',
    spec: { ...night.spec, models, units: ['machine.cpu'], workload: { kind: 'poisson', load: 0.8 } },
  });
  await ledger.create(experimentNamed('Archive', ['sjf']));
  const update = (id: number, data: object) => db.run.update({ where: { id }, data });
  await update(1, {
    throughput: 61.23,
    p99Ms: 1500,
    utilisation: 0.8,
    status: 'done',
    createdAt: new Date(2026, 9, 31),
  });
  await update(2, {
    throughput: 38.9,
    p99Ms: 80,
    utilisation: 0.5,
    status: 'failed',
    createdAt: new Date(2026, 10, 1),
  });
  await edits.tag([1, 3], { add: ['paper'] });
  await edits.tag([2], { add: ['final.v2'] });
  await edits.mark(3, { note: 'fan was off' });
  await edits.archive([4], true);
});
after(async () => {
  await history.close();
  place.remove();
});

async function found(text: string): Promise<number[]> {
  const page = await history.browse.runs({ ...searched(text), limit: 50 });
  assert.equal(page.total, page.items.length, text);
  return page.items.map(({ id }) => id).sort();
}

test('each filter finds what it names', async () => {
  for (const [text, ids] of [
    ['', [1, 2, 3]],
    ['policy:SJF', [2]],
    ['policy:sjf,fcfs', [1, 2, 3]],
    ['policy:s*', [2]],
    ['-policy:sjf', [1, 3]],
    ['model:resnet50', [3]],
    ['model:*net*', [1, 2, 3]],
    ['unit:coral', [1, 2]],
    ['unit:tinker.cpu', [1, 2]],
    ['board:machine', [3]],
    ['workload:poisson', [3]],
    ['by:bob', [3]],
    ['tag:paper', [1, 3]],
    ['tag:paper -policy:fcfs', []],
    ['has:tag', [1, 2, 3]],
    ['-has:figures', [3]],
    ['has:note', [3]],
    ['note:fan', [3]],
    ['status:done,failed', [1, 2]],
    ['source:hardware', []],
    ['experiment:1', [1, 2]],
    ['id:2..9', [2, 3]],
    ['archived:yes', [4]],
    ['archived:any policy:sjf', [2, 4]],
    ['rate>40', [1]],
    ['-rate>40', [2, 3]],
    ['rate:61.2', [1]],
    ['p99<=1.5s rate<=40', [2]],
    ['util>=80%', [1]],
    ['before:2026-11 has:figures', [1]],
    ['after:2026-11-01', [2, 3]],
    ['after:2026-10-31 before:2026-11-01', [1]],
    ['after:1h', [3]],
    ['name:poster', [1, 2]],
    ['"poster 100%"', [1, 2]],
    ['100% sjf', [2]],
    ['night_s', [3]],
    ['nightXs', []],
    ['_', [3]],
    ['%', [1, 2]],
    ['fan', [3]],
    ['final', [2]],
    ['#3', [3]],
  ] as const)
    assert.deepEqual(await found(text), ids, text);
});

test('a filter and its opposite share nothing and leave nothing out', async () => {
  for (const part of [
    'policy:sjf',
    'rate>30',
    'p99<100',
    'tag:paper',
    'has:note',
    'model:resnet50',
    'fan',
    'after:1h',
    'id:2',
  ]) {
    const [with_, without] = [await found(`archived:any ${part}`), await found(`archived:any -${part}`)];
    assert.deepEqual([...with_, ...without].sort(), [1, 2, 3, 4], part);
  }
});

test('nothing that is searched for reads the long rows of the table', async () => {
  // A connection that has explained something holds up the next checkpoint: not the history's own.
  const beside = await connect(join(place.folder, 'switchyard.db'));
  for (const text of [
    '',
    'policy:sjf',
    'model:resnet50 tag:paper',
    'rate>30 after:2026',
    'poster -note:fan',
    'by:bob util<90',
  ]) {
    const { sql, values } = conditionOf(searched(text).search, new Date());
    const args = values.map((value) => (value instanceof Date ? value.toISOString() : (value as string | number)));
    const plan = await beside.execute({ sql: `EXPLAIN QUERY PLAN SELECT count(*) ${FROM_RUNS} WHERE ${sql}`, args });
    const steps = plan.rows.map(({ detail }) => String(detail));
    assert.ok(
      steps.some((step) => /r USING COVERING INDEX Run_list_idx/.test(step)),
      `${text}: ${steps.join(' | ')}`,
    );
    assert.ok(!steps.some((step) => /^(SCAN|SEARCH) r( USING INTEGER PRIMARY KEY.*)?$/.test(step)), steps.join(' | '));
  }
  beside.close();
});

test('dates are days of the board, and an age counts back from now', () => {
  const now = new Date(2026, 10, 26, 12, 30);
  assert.deepEqual(beginningOf('2026-11', now), new Date(2026, 10, 1));
  assert.deepEqual(beginningOf('2026-11-05t18:30', now), new Date(2026, 10, 5, 18, 30));
  assert.deepEqual(beginningOf('yesterday', now), new Date(2026, 10, 25));
  assert.deepEqual(beginningOf('2d', now), new Date(2026, 10, 24, 12, 30));
});

test('what can be searched for is said, each value once', async () => {
  const values = await history.browse.values();
  assert.deepEqual(values.policy, ['fcfs', 'sjf']);
  assert.deepEqual(values.model, ['mobilenet_v2', 'resnet50']);
  assert.deepEqual(values.board, ['machine', 'tinker']);
  assert.deepEqual(values.tag, ['final.v2', 'paper']);
  assert.deepEqual(values.by, ['ann', 'bob']);
});
