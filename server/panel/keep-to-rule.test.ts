import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { experimentNamed } from '../history/scratch.ts';
import { keepToRule } from './keep-to-rule.ts';
import { askAs, type ScratchPanel, scratchPanel } from './scratch.ts';

let panel: ScratchPanel;
before(async () => {
  panel = await scratchPanel();
});
after(() => panel.close());

const DAY_MS = 86_400_000;
const now = new Date('2026-11-29T12:00:00Z');

/** One run for each, which ended so many days ago; null: its experiment waits. Returns their ids. */
async function runsOf(ages: readonly (number | null)[]): Promise<number[]> {
  const { db, ledger } = panel.history;
  await db.run.deleteMany();
  await db.experiment.deleteMany();
  const ids: number[] = [];
  for (const age of ages) {
    const { id, runs } = await ledger.create(experimentNamed('old'));
    const run = runs[0]!.id; // it has one
    ids.push(run);
    if (age === null) continue;
    await db.run.update({
      where: { id: run },
      data: { status: 'done', endedAt: new Date(now.getTime() - age * DAY_MS) },
    });
    await db.experiment.update({ where: { id }, data: { status: 'done' } });
  }
  return ids;
}

async function left(ids: readonly number[]): Promise<number[]> {
  const kept = await panel.history.db.run.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return kept.map(({ id }) => ids.indexOf(id));
}

/** What the rule leaves, by position. */
async function ruled(ids: readonly number[], newestRuns: number | null, days: number | null) {
  const { retention, edits } = panel.history;
  const told: number[] = [];
  const said: string[] = [];
  await retention.set({ newestRuns, days });
  const keeper = keepToRule({
    ...{ retention, edits, now: () => now },
    told: (runs) => void told.push(...runs),
    say: (sentence) => void said.push(sentence),
  });
  for (let looks = 0; looks < 400 && (await retention.overdue({ newestRuns, days }, now, 1)).length > 0; looks++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  keeper.end();
  return { left: await left(ids), told: told.map((id) => ids.indexOf(id)), said };
}

test('without a rule all runs stay', async () => {
  const ids = await runsOf([4000, 3, 2]);
  assert.deepEqual(await panel.history.retention.rule(), { newestRuns: null, days: null });
  assert.deepEqual((await ruled(ids, null, null)).left, [0, 1, 2]);
});

test('the newest so many stay, or those of the last days, and with both whatever either keeps', async () => {
  const ages = [40, 30, 20, 10, 5];
  assert.deepEqual((await ruled(await runsOf(ages), 2, null)).left, [3, 4]);
  assert.deepEqual((await ruled(await runsOf(ages), null, 25)).left, [2, 3, 4]);
  assert.deepEqual((await ruled(await runsOf(ages), 1, 25)).left, [2, 3, 4]);
  assert.deepEqual((await ruled(await runsOf(ages), 4, 7)).left, [1, 2, 3, 4]);
  assert.deepEqual((await ruled(await runsOf(ages), 9, null)).left, [0, 1, 2, 3, 4]);
});

test('what has a tag or a note stays, and what waits or runs, also the ended runs of its experiment', async () => {
  const ids = await runsOf([50, 50, 50, null, 50, 50]);
  await panel.history.edits.mark(ids[1]!, { tags: ['paper'] }); // six
  await panel.history.edits.mark(ids[2]!, { note: 'the fan was off' });
  const { experimentId } = await panel.history.db.run.findUniqueOrThrow({ where: { id: ids[4]! } });
  await panel.history.db.experiment.update({ where: { id: experimentId }, data: { status: 'running' } });
  const { left, told, said } = await ruled(ids, 1, 10);
  assert.deepEqual(left, [1, 2, 3, 4, 5]);
  assert.deepEqual(told, [0], 'browsers are told');
  assert.match(said.join(), /were deleted: 1$/);
  const grave = await panel.history.db.deletedRun.findUnique({ where: { id: ids[0]! } });
  assert.equal(grave?.deletedBy, 'the rule of retention');
});

test('hundreds go in pieces, and their rows with them', async () => {
  const ids = await runsOf(Array.from({ length: 120 }, () => 50));
  await panel.history.db.traceChunk.createMany({
    data: ids.map((runId) => ({ runId, number: 0, firstSeq: 0, rows: 1, data: new Uint8Array(10) })),
  });
  assert.deepEqual((await ruled(ids, 3, null)).left, [117, 118, 119]);
  assert.equal(await panel.history.db.traceChunk.count(), 3);
});

test('an administrator makes the rule, and the server keeps to it at once', async () => {
  await panel.history.retention.set({ newestRuns: null, days: null });
  const ids = await runsOf([50, 50, 50]);
  const admin = await panel.sessionOf('admin');
  const put = (rule: object) => askAs(panel, admin, 'PUT', '/api/v1/retention', rule);
  assert.equal((await put({ newestRuns: 0, days: null })).status, 400);
  assert.equal((await put({ newestRuns: 2 })).status, 400);
  assert.deepEqual(JSON.parse((await put({ newestRuns: 2, days: null })).text), { newestRuns: 2, days: null });
  for (let looks = 0; looks < 400 && (await left(ids)).length > 2; looks++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(await left(ids), [1, 2]);
});

test('a deletion gives its room back to the disk', async () => {
  const { db, edits } = panel.history;
  const pages = async () =>
    Number((await db.$queryRawUnsafe<{ page_count: bigint }[]>('PRAGMA page_count'))[0]?.page_count);
  const [id = 0] = await runsOf([50]);
  const before = await pages();
  await db.traceChunk.create({ data: { runId: id, number: 0, firstSeq: 0, rows: 1, data: new Uint8Array(4_000_000) } });
  assert.ok((await pages()) > before + 900);
  await edits.remove([id], 'ann');
  assert.ok((await pages()) < before + 20);
});
