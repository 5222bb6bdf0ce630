import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../test/product.ts';
import { keepPrivate, openDatabase } from './sqlite.ts';

const folder = temporaryFolder();
after(folder.remove);

/** Another process opens the file, writes a row, and closes; says how many rows it saw. */
function elsewhere(file: string): number {
  const program = `
    import { openDatabase } from './sqlite.ts';
    const db = await openDatabase(${JSON.stringify(file)});
    await db.$executeRawUnsafe("INSERT INTO kept VALUES ('elsewhere')");
    const [{ n }] = await db.$queryRawUnsafe('SELECT count(*) AS n FROM kept');
    await db.$disconnect();
    console.log(Number(n));`;
  const here = dirname(fileURLToPath(import.meta.url));
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  return Number(execFileSync(process.execPath, args, { cwd: here, encoding: 'utf8' }));
}

test('what another process does with the file takes nothing away from the one that has it open', async () => {
  const file = join(folder.path, 'locks', 'switchyard.db');
  const db = await openDatabase(file);
  await db.$executeRawUnsafe('CREATE TABLE kept (who TEXT)');
  await db.$executeRawUnsafe("INSERT INTO kept VALUES ('before')");
  keepPrivate(file);
  assert.equal(elsewhere(file), 2);
  assert.ok(existsSync(`${file}-wal`), 'the other process took the journal away');
  await db.$executeRawUnsafe("INSERT INTO kept VALUES ('after')");
  assert.equal(elsewhere(file), 4);
  await db.$disconnect();
});

test('the folder and the file are the owner’s alone, also when they were not', () => {
  const file = join(folder.path, 'modes', 'switchyard.db');
  keepPrivate(file);
  keepPrivate(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
});
