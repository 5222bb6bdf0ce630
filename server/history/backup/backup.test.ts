import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs, { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { extract, type Headers, pack } from 'tar-stream';
import { temporaryFolder } from '../../test/product.ts';
import { connect } from '../connection.ts';
import { type History, openHistory } from '../open.ts';
import { experimentNamed, planOfRun, rowsFrom } from '../scratch.ts';
import { ACCOUNT_TABLES } from './accounts.ts';
import { applyRestore } from './apply.ts';
import { sumsText } from './archive.ts';
import { makeBackup } from './backup.ts';
import { stagedManifest, stageRestore, unstage } from './restore.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const place = temporaryFolder();
after(place.remove);
let fresh = 0;

const dataDir = (): string => {
  const folder = join(place.path, `data-${fresh++}`);
  mkdirSync(folder);
  return folder;
};
const openIn = (folder: string): Promise<History> => openHistory(join(folder, 'switchyard.db'), MIGRATIONS);

const MODEL = 'a'.repeat(64);
const PICTURE = 'b'.repeat(64);

async function filled(names: readonly string[], owner: string): Promise<string> {
  const folder = dataDir();
  const history = await openIn(folder);
  for (const name of names) await oneRun(history, name);
  const user = await history.db.user.create({
    data: { name: owner, role: 'admin', owner: true, password: `hash-of-${owner}` },
  });
  const at = new Date();
  await history.db.session.create({
    data: { hash: `session-of-${owner}`, userId: user.id, createdAt: at, lastSeenAt: at },
  });
  await history.db.claim.create({ data: { id: 1, hash: `claim-of-${owner}` } });
  await history.close();
  for (const [file, text] of [
    [`models/${MODEL}.json`, `{"of":"${owner}"}`],
    [`models/${MODEL}.onnx`, 'm'.repeat(100_000)],
    [`models/${process.pid}-1.part`, 'cut off'],
    [`pictures/${PICTURE}`, 'p'.repeat(700)],
    [`pictures/${PICTURE}.json`, '{}'],
    ['tls/ca.key', 'the-private-key'],
    ['claim', 'the-claim-token'],
  ] as const) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

async function oneRun(history: History, name: string): Promise<void> {
  const { id, runs } = await history.ledger.create(experimentNamed(name));
  const run = runs[0]!.id; // it has one
  await history.ledger.experimentStarted(id);
  await history.ledger.runStarted(run, planOfRun(run));
  history.ledger.rows(run, rowsFrom(0, 100));
  await history.traces.finish(run);
  await history.ledger.runEnded(run, { status: 'done', reason: null, figures: null, failed: 0, quality: null });
  await history.ledger.experimentEnded(id, 'done');
}

async function backupOf(folder: string): Promise<Buffer> {
  const made = await makeBackup({ dataDir: folder, version: '1.2.3' });
  assert.ok(made.ok, made.ok ? '' : made.error);
  return bytesOf(made.value.bytes);
}

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

async function* inPieces(bytes: Buffer, size = 10_000): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
const stage = (bytes: Buffer, folder: string) =>
  stageRestore(inPieces(bytes), { dataDir: folder, migrations: MIGRATIONS });

interface Member {
  readonly headers: Headers;
  readonly content: Buffer;
}

async function membersOf(tar: Buffer): Promise<Member[]> {
  const members: Member[] = [];
  const entries = extract();
  entries.end(tar);
  for await (const entry of entries) members.push({ headers: entry.header, content: await bytesOf(entry) });
  return members;
}

async function tarOf(members: readonly Member[]): Promise<Buffer> {
  const tar = pack();
  for (const { headers, content } of members)
    headers.type === 'file' ? tar.entry(headers, content) : tar.entry(headers).end?.();
  tar.finalize();
  return bytesOf(tar);
}

const fileMember = (name: string, content: string | Buffer): Member => {
  const bytes = Buffer.from(content);
  return { headers: { name, size: bytes.length, type: 'file' }, content: bytes };
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** With a list of digests that fits what is there. */
const summed = (members: readonly Member[]): Member[] => {
  const others = members.filter(({ headers }) => headers.name !== 'SHA256SUMS');
  const sums = new Map(others.map(({ headers, content }) => [headers.name, sha256(content)]));
  return [...others, fileMember('SHA256SUMS', sumsText(sums))];
};

/** Every file of a folder with its digest, but a journal's, which goes when a closed connection is collected. */
const digestsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('switchyard.db-'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file), sha256(readFileSync(file))]),
  );

async function namesIn(folder: string): Promise<{ experiments: string[]; users: string[]; sessions: string[] }> {
  const client = await connect(join(folder, 'switchyard.db'));
  const column = async (sql: string) => (await client.execute(sql)).rows.map((row) => String(row[0]));
  const found = {
    experiments: await column('SELECT name FROM Experiment ORDER BY id'),
    users: await column('SELECT name FROM User'),
    sessions: await column('SELECT hash FROM Session'),
  };
  client.close();
  return found;
}

let good: Buffer;
let goodFolder: string;
before(async () => {
  goodFolder = await filled(['one', 'two'], 'ada');
  good = await backupOf(goodFolder);
});

test('a backup is restored elsewhere: every row of every table but the accounts, and every file', async () => {
  const other = await filled(['theirs'], 'bob');
  const staged = await stage(good, other);
  assert.ok(staged.ok, staged.ok ? '' : staged.error);
  assert.deepEqual(
    [staged.value.experiments, staged.value.runs, staged.value.models, staged.value.pictures, staged.value.version],
    [2, 2, 1, 1, '1.2.3'],
  );
  assert.deepEqual((await namesIn(other)).experiments, ['theirs'], 'nothing is replaced yet');
  assert.match((await applyRestore(other, MIGRATIONS)) ?? '', /^restored the backup of .*copies\/before-restore-/);
  assert.deepEqual(await rowsOf(other), await rowsOf(goodFolder));
  for (const file of [`models/${MODEL}.json`, `models/${MODEL}.onnx`, `pictures/${PICTURE}`])
    assert.deepEqual(readFileSync(join(other, file)), readFileSync(join(goodFolder, file)));
  assert.equal(statSync(join(other, 'switchyard.db')).mode & 0o777, 0o600);
  assert.equal(existsSync(join(other, 'restore')), false);
  const history = await openIn(other);
  assert.equal((await history.browse.run(1))?.rows, 100);
  await history.close();
  assert.equal(await applyRestore(other, MIGRATIONS), null, 'once');
});

/** All rows of all tables but the accounts' and the record of migrations, which says when each was applied. */
async function rowsOf(folder: string): Promise<Record<string, unknown>> {
  const client = await connect(join(folder, 'switchyard.db'));
  const excepted = [...ACCOUNT_TABLES, '_prisma_migrations', 'sqlite_sequence'].map((name) => `'${name}'`).join();
  const tables = await client.execute(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (${excepted})`,
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables.rows)
    rows[String(name)] = (await client.execute(`SELECT * FROM "${name}"`)).rows.map((row) => ({ ...row }));
  client.close();
  return rows;
}

test('accounts stay those of the board, and what was replaced lies in copies', async () => {
  const other = await filled(['theirs'], 'bob');
  await stage(good, other);
  await applyRestore(other, MIGRATIONS);
  const { users, sessions, experiments } = await namesIn(other);
  assert.deepEqual([users, sessions, experiments], [['bob'], ['session-of-bob'], ['one', 'two']]);
  assert.equal(readFileSync(join(other, 'claim'), 'utf8'), 'the-claim-token');
  const [kept = ''] = readdirSync(join(other, 'copies'));
  assert.deepEqual((await namesIn(join(other, 'copies', kept))).experiments, ['theirs']);
  assert.equal(readFileSync(join(other, 'copies', kept, `models/${MODEL}.json`), 'utf8'), '{"of":"bob"}');
});

test('no secret is in a backup, nor what was cut off while it came in', async () => {
  const text = good.toString('latin1');
  for (const secret of ['hash-of-ada', 'session-of-ada', 'claim-of-ada', 'the-private-key', 'the-claim-token', '.part'])
    assert.ok(!text.includes(secret), secret);
  assert.ok(text.includes('one'), 'what is kept can be found so');
});

test('a backup that is made while experiments are being kept is of one moment', async () => {
  const folder = await filled(['first'], 'ada');
  const history = await openIn(folder);
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; i++) await oneRun(history, `meanwhile ${i}`);
  })();
  const other = dataDir();
  for (let round = 0; round < 3; round++) {
    const least = await history.db.run.count({ where: { status: 'done' } });
    const staged = await stage(await backupOf(folder), other);
    assert.ok(staged.ok, staged.ok ? '' : staged.error);
    const client = await connect(join(other, 'restore/switchyard.db'));
    const { rows } = await client.execute(`SELECT (SELECT count(*) FROM Run WHERE status = 'done') AS done,
      (SELECT count(*) FROM Run WHERE status = 'done' AND rows = 100) AS whole,
      (SELECT count(*) FROM Experiment WHERE id NOT IN (SELECT experimentId FROM Run)) AS empty`);
    client.close();
    assert.ok(Number(rows[0]?.done) >= least && rows[0]?.done === rows[0]?.whole && rows[0]?.empty === 0);
  }
  writing = false;
  await writer;
  assert.equal(await history.db.run.count({ where: { rows: { not: 100 } } }), 0, 'the writer lost nothing');
  await history.close();
});

test('what waited when the backup was made does not begin by itself', async () => {
  const folder = await filled([], 'ada');
  const history = await openIn(folder);
  await history.ledger.create(experimentNamed('waits'));
  await history.close();
  await stage(await backupOf(folder), folder);
  await applyRestore(folder, MIGRATIONS);
  const restored = await openIn(folder);
  assert.deepEqual(await restored.ledger.queued(), []);
  const run = await restored.browse.run(1);
  assert.deepEqual([run?.status, run?.reason], ['interrupted', 'It waited when the backup was made.']);
  await restored.close();
});

test('a database that is beyond reading is replaced all the same', async () => {
  const folder = await filled(['lost'], 'bob');
  writeFileSync(join(folder, 'switchyard.db'), 'a shopping list\n'.repeat(1000));
  for (const end of ['-wal', '-shm']) fs.rmSync(join(folder, `switchyard.db${end}`), { force: true });
  await stage(good, folder);
  assert.match((await applyRestore(folder, MIGRATIONS)) ?? '', /^restored/);
  const { experiments, users } = await namesIn(folder);
  assert.deepEqual([experiments, users], [['one', 'two'], []]);
});

/** Ends the work as a kill would, before or after the n-th renaming. */
async function cutAt(n: number, after: boolean, work: () => Promise<unknown>): Promise<boolean> {
  const { renameSync } = fs;
  let renames = 0;
  fs.renameSync = (from, to) => {
    if (renames++ === n && !after) throw new Error('killed');
    renameSync(from, to);
    if (renames === n + 1 && after) throw new Error('killed');
  };
  syncBuiltinESMExports();
  try {
    await work();
    return false;
  } catch (error) {
    assert.equal((error as Error).message, 'killed');
    return true;
  } finally {
    fs.renameSync = renameSync;
    syncBuiltinESMExports();
  }
}

test('a restore that is cut off at any step is made good at the next start', async () => {
  const was = await filled(['theirs'], 'bob');
  let cuts = 0;
  for (const after of [false, true])
    for (let n = 0, cut = true; cut; n++) {
      const folder = dataDir();
      cpSync(was, folder, { recursive: true });
      await stage(good, folder);
      cut = await cutAt(n, after, () => applyRestore(folder, MIGRATIONS));
      cuts += Number(cut);
      if (!existsSync(join(folder, 'switchyard.db'))) writeFileSync(join(folder, 'switchyard.db'), ''); // as a start does
      await applyRestore(folder, MIGRATIONS);
      const { experiments, users } = await namesIn(folder);
      assert.deepEqual([experiments, users], [['one', 'two'], ['bob']], `cut ${after ? 'after' : 'before'} ${n}`);
      const [kept = ''] = readdirSync(join(folder, 'copies'));
      assert.deepEqual((await namesIn(join(folder, 'copies', kept))).experiments, ['theirs']);
      assert.ok(existsSync(join(folder, 'copies', kept, `models/${MODEL}.onnx`)));
    }
  assert.ok(cuts >= 10, `${cuts} cuts`);
});

async function refused(bytes: Buffer, why: RegExp, what: string): Promise<void> {
  const before = digestsIn(goodFolder);
  const staged = await stage(bytes, goodFolder);
  assert.equal(staged.ok, false, what);
  assert.match(staged.ok ? '' : staged.error, why, what);
  assert.ok(staged.ok || !staged.error.includes('\n'), 'one sentence');
  assert.deepEqual(digestsIn(goodFolder), before, `${what}: something was touched`);
  assert.equal(stagedManifest(goodFolder), null);
}

test('an archive that is cut off or was altered is refused, wherever that is', async () => {
  for (let part = 0; part < 40; part++) {
    const length = Math.floor((part / 40) * (good.length - 1024)); // the last blocks are empty
    await refused(good.subarray(0, length), /backup/, `cut at ${length}`);
  }
  for (const { headers, content } of (await membersOf(good)).filter(({ content }) => content.length > 0)) {
    const at = good.indexOf(content.subarray(0, 64)) + Math.floor(content.length / 2);
    const altered = Buffer.from(good);
    altered[at]! ^= 1; // within
    await refused(altered, /backup/, headers.name);
  }
});

test('names that lead elsewhere, links and folders are refused', async () => {
  const members = await membersOf(good);
  for (const name of [
    ...['../evil', '/etc/evil', 'models/../../evil', 'models/../switchyard.db', './manifest.json', 'models/./x'],
    ...['models\\..\\evil', 'C:\\evil', 'models/a/b', 'models/.hidden', 'models/', 'tls/ca.key', 'claim', 'lock'],
    ...['switchyard.db-wal', 'copies/x', 'models/x.part', 'models/\u0000x', `models/${'x'.repeat(130)}`, 'models/é'],
  ])
    await refused(await tarOf(summed([fileMember(name, 'x'), ...members])), /does not belong|not a plain/, name);
  for (const type of ['symlink', 'link', 'directory', 'fifo', 'character-device'] as const) {
    const headers: Headers = { name: 'models/x', type, linkname: '/etc/passwd', size: 0 };
    await refused(
      await tarOf([...members, { headers, content: Buffer.alloc(0) }]),
      /not a plain file|does not belong/,
      type,
    );
  }
  assert.equal(existsSync(join(place.path, 'evil')), false);
});

test('what is none of ours, of a newer release, or does not fit together is refused in a sentence', async () => {
  const members = await membersOf(good);
  const without = (name: string) => members.filter(({ headers }) => headers.name !== name);
  const manifest = JSON.parse(members[0]?.content.toString() ?? '');
  const saying = (over: object) => [
    fileMember('manifest.json', JSON.stringify({ ...manifest, ...over })),
    ...without('manifest.json'),
  ];
  const database = (content: Buffer) => [...without('switchyard.db'), fileMember('switchyard.db', content)];
  const newer = { migrations: [...manifest.migrations, '29990101000000_later'] };
  await refused(Buffer.alloc(0), /not a backup of Switchyard/, 'nothing');
  await refused(Buffer.from('hello'.repeat(1000)), /not a backup of Switchyard/, 'a text');
  await refused(Buffer.alloc(3_000_000), /not a backup of Switchyard/, 'zeros');
  await refused(await tarOf(without('SHA256SUMS')), /no SHA256SUMS/, 'no digests');
  await refused(await tarOf(summed(without('manifest.json'))), /no manifest/, 'no manifest');
  await refused(await tarOf(summed(without('switchyard.db'))), /no switchyard\.db/, 'no database');
  await refused(await tarOf(without(`models/${MODEL}.onnx`)), /is missing/, 'a file is missing');
  await refused(await tarOf([fileMember('models/more', 'x'), ...members]), /is not what SHA256SUMS says/, 'one more');
  await refused(await tarOf([members[0]!, ...members]), /twice/, 'one twice'); // it has five
  await refused(await tarOf(summed(saying({ product: 'other' }))), /none of Switchyard/, 'another product');
  await refused(await tarOf(summed(saying({ format: 2 }))), /newer release/, 'another format');
  await refused(await tarOf(summed(saying(newer))), /not the one/, 'a manifest of another database');
  await refused(await tarOf(summed(database(Buffer.from('x'.repeat(9000))))), /database in the backup is damaged/, 'x');
  const older = join(place.path, 'older');
  cpSync(MIGRATIONS, older, { recursive: true });
  fs.rmSync(join(older, manifest.migrations.at(-1)), { recursive: true });
  const staged = await stageRestore(inPieces(good), { dataDir: goodFolder, migrations: older });
  assert.match(staged.ok ? '' : staged.error, /newer release \(1\.2\.3\), whose database this one cannot read/);
});

test('a header of any length is not held in memory', async () => {
  const header = Buffer.alloc(512);
  header.write('pax');
  header.write('0000600\0', 100);
  header.write('77777777777\0', 124);
  header.write('x', 156);
  header.write('ustar\x0000', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  let sent = 0;
  const endless = (async function* () {
    yield header;
    for (; sent < 200; sent++) yield Buffer.alloc(100_000, 'a');
  })();
  const staged = await stageRestore(endless, { dataDir: goodFolder, migrations: MIGRATIONS });
  assert.match(staged.ok ? '' : staged.error, /not a backup/);
  assert.ok(sent < 30, `${sent} pieces were taken in`);
});

test('what waits is dropped when it is not wanted after all', async () => {
  const folder = await filled(['theirs'], 'bob');
  const before = digestsIn(folder);
  await stage(good, folder);
  assert.equal(stagedManifest(folder)?.experiments, 2);
  await unstage(folder);
  await unstage(folder);
  assert.equal(stagedManifest(folder), null);
  assert.deepEqual(digestsIn(folder), before);
});
