import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { askAs, type ScratchPanel, scratchPanel } from './scratch.ts';
import { storageState, watchStorage } from './storage.ts';
import type { BoardState, StorageState, StorageView } from './wire.ts';

let panel: ScratchPanel;
before(async () => {
  panel = await scratchPanel();
});
after(() => panel.close());

const disk = (level: 'well' | 'low' | 'full') => async () => ({ level, freeBytes: 7, totalBytes: 9 });

test('a database that refuses to write is worse than a low disk, and a full disk explains it', async () => {
  const record = (trouble: string | null) => ({ ...panel.history.record, trouble });
  const level = async (of: 'well' | 'low' | 'full', trouble: string | null) =>
    (await storageState({ disk: disk(of), record: record(trouble) })).level;
  assert.equal(await level('well', null), 'well');
  assert.equal(await level('low', null), 'low');
  assert.equal(await level('low', 'it refuses'), 'broken');
  assert.equal(await level('full', 'it refuses'), 'full');
});

test('browsers are told when the disk fills and when it has room again, and not in between', async () => {
  const levels: StorageState['level'][] = ['well', 'well', 'low', 'low', 'full', 'well'];
  const told: string[] = [];
  let at = 0;
  const stop = watchStorage(
    async () => ({ level: levels[Math.min(at++, levels.length - 1)] ?? 'well', freeBytes: 0 }),
    ({ level }) => void told.push(level),
    () => {},
    5,
  );
  while (at < levels.length + 2) await new Promise((resolve) => setTimeout(resolve, 5));
  stop();
  assert.deepEqual(told, ['low', 'full', 'well']);
});

test('the board says how much room there is; the size of the database is for administrators', async () => {
  const admin = await panel.sessionOf('admin');
  const { storage } = JSON.parse((await askAs(panel, admin, 'GET', '/api/v1/board')).text) as BoardState;
  assert.ok(storage.freeBytes > 0);
  const view = JSON.parse((await askAs(panel, admin, 'GET', '/api/v1/storage')).text) as StorageView;
  assert.ok(view.databaseBytes > 4096 && view.totalBytes >= view.freeBytes);
  assert.deepEqual([view.experiments, view.runs, view.copiesBytes], [0, 0, 0]);
  const copies = join(dirname(panel.history.file), 'copies', 'before-restore-1', 'models');
  mkdirSync(copies, { recursive: true });
  writeFileSync(join(copies, 'a.onnx'), 'x'.repeat(5000));
  writeFileSync(join(copies, '../../before-migration-1.db'), 'x'.repeat(700));
  const later = JSON.parse((await askAs(panel, admin, 'GET', '/api/v1/storage')).text) as StorageView;
  assert.equal(later.copiesBytes, 5700);
});

test('diagnostics say what the machine and the product are, and hold no secret', async () => {
  const admin = await panel.sessionOf('admin');
  const reply = await askAs(panel, admin, 'GET', '/api/v1/diagnostics');
  assert.match(String(reply.headers['content-disposition']), /^attachment; filename="switchyard-.+\.json"$/);
  const { migrations, ...said } = JSON.parse(reply.text);
  assert.equal(said.product.version, '0.0.0');
  assert.equal(said.boards.find((board: { id: string }) => board.id === 'tinker').units.length, 4);
  assert.ok(migrations.length > 0);
  const sessions = await panel.history.db.session.findMany();
  const secrets = [panel.claimToken, admin, 'not a hash', ...sessions.map((session) => session.hash)];
  for (const secret of secrets) assert.ok(!reply.text.includes(secret), 'a secret is in the diagnostics');
  assert.doesNotMatch(JSON.stringify(said), /password|token|cookie/i); // migrations are called by what they brought
});
