import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../test/product.ts';
import { assertPragmas, connect, PRAGMAS } from './connection.ts';
import { scratch } from './scratch.ts';
import type { Database } from './sqlite.ts';

const place = scratch();
after(() => place.remove());

const expected = Object.fromEntries(Object.entries(PRAGMAS).map(([name, value]) => [name, String(value)]));

async function settingsOf(db: Database): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(PRAGMAS)) {
    const [row] = await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    found[name] = String(Object.values(row ?? {})[0]);
  }
  return found;
}

test('the settings that make an acknowledgement durable hold after a reopen and after a transaction', async () => {
  for (let opened = 0; opened < 2; opened++) {
    const history = await place.open();
    assert.deepEqual(await settingsOf(history.db), expected);
    await history.db.$transaction(async (tx) => void (await tx.user.count()));
    await assert.rejects(
      history.db.$transaction(async () => Promise.reject(new Error('taken back'))),
      /taken back/,
    );
    await history.record.write((db) => db.user.deleteMany({ where: { name: 'nobody' } }));
    assert.deepEqual(await settingsOf(history.db), expected);
    await history.close();
  }
});

test('a connection that Prisma opens anew is held to the same settings', async () => {
  const history = await place.open();
  await history.db.$disconnect();
  assert.deepEqual(await settingsOf(history.db), expected);
  await history.close();
});

/** Descriptors of the file that this process has. */
const descriptorsOf = (file: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    const link = `/proc/self/fd/${fd}`;
    return existsSync(link) && readlinkSync(link) === file;
  }).length;

test('a transaction opens no further connection', async () => {
  const history = await place.open();
  const before = descriptorsOf(history.file);
  for (let i = 0; i < 5; i++) await history.db.$transaction(async (tx) => void (await tx.user.count()));
  assert.equal(descriptorsOf(history.file), before);
  await history.close();
});

test('a connection that says synchronous=NORMAL is not trusted', async () => {
  const client = await connect(join(place.folder, 'other.db'));
  await client.execute('PRAGMA synchronous=NORMAL');
  await assert.rejects(assertPragmas(client), /synchronous is 1 where 2 is needed/);
  client.close();
});

test('a folder may have any name', async () => {
  const file = join(place.folder, '100% of #1?', 'switchyard.db');
  mkdirSync(join(file, '..'));
  (await connect(file)).close();
  assert.ok(existsSync(file));
});

/** What opens a database, and the only file that may hold it. */
const OPENERS: Readonly<Record<string, RegExp>> = {
  'server/history/connection.ts': /\bcreateClient\b|\bPrismaLibSql\b|['"](libsql|better-sqlite3|node:sqlite)['"]/,
  'server/history/sqlite.ts': /\bnew PrismaClient\b/,
};

test('nowhere else is a connection opened', () => {
  const sources = ['server', 'scripts', 'app', 'prisma'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith('server/generated/') && file !== 'server/history/connection.test.ts'),
  );
  for (const [home, opener] of Object.entries(OPENERS)) {
    const found = sources.filter((file) => opener.test(readFileSync(join(root, file), 'utf8')));
    assert.deepEqual(found, [home]);
  }
});
