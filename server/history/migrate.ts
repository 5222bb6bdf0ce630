import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@libsql/client';
import { connect } from './connection.ts';
import { copyAside } from './copies.ts';
import { isDiskFull } from './record.ts';
import { keepPrivate } from './sqlite.ts';
import { isDamage, UnusableDatabase } from './unusable-database.ts';

// Applies prisma/migrations at start, without an engine, recorded the way `prisma migrate deploy` records them.

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Names of the migrations that were needed. A database that had some is copied aside first. Throws UnusableDatabase, and has
 * changed nothing, when a newer release wrote it.
 */
export async function migrate(file: string, folder: string): Promise<string[]> {
  keepPrivate(file);
  const client = await connect(file).catch((error: Error) => {
    throw explained(error, file);
  });
  try {
    return await bringUpToDate(client, folder, { file, before: () => keepBefore(client, file) });
  } finally {
    client.close();
  }
}

interface Upgrade {
  /** The database, in words. */
  readonly file: string;
  /** Called once, when something that is kept will be changed. */
  before(): Promise<void>;
}

/** The same, through a connection that is there. */
export async function bringUpToDate(client: Client, folder: string, { file, before }: Upgrade): Promise<string[]> {
  const known = readMigrations(folder);
  const applied = await appliedTo(client);
  refuseNewer(file, known, applied);
  const needed = known.filter((migration) => isNeeded(migration, applied));
  if (needed.length > 0 && applied.size > 0) await before();
  if (applied.size === 0) await client.executeMultiple(`${GIVE_BACK}; ${TABLE};`);
  for (const migration of needed) await apply(client, migration);
  if (needed.length > 0) await letShrink(client);
  return needed.map((migration) => migration.name);
}

/** What is deleted is room on the disk again; without it a full disk stays full whatever is deleted. */
const GIVE_BACK = 'PRAGMA auto_vacuum=FULL; VACUUM';

/** One from before that is written anew, once, when it is being changed anyway; where there is no room for that, it stays as it is. */
async function letShrink(client: Client): Promise<void> {
  const { rows } = await client.execute('PRAGMA auto_vacuum');
  if (rows[0]?.[0] !== 0) return;
  await client.executeMultiple(GIVE_BACK).catch((error: Error) => {
    if (!isDiskFull(error)) throw error;
  });
}

/** The names of a database's migrations, the oldest first; of none when it has no table of them. */
export async function migrationsOf(client: Pick<Client, 'execute'>): Promise<string[]> {
  return [...(await appliedTo(client)).keys()].sort();
}

/** Those of a release. */
export const migrationsIn = (folder: string): string[] => readMigrations(folder).map(({ name }) => name);

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function appliedTo(client: Pick<Client, 'execute'>): Promise<Map<string, string>> {
  const found = await client.execute("SELECT name FROM sqlite_master WHERE name = '_prisma_migrations'");
  if (found.rows.length === 0) return new Map();
  const { rows } = await client.execute(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
  );
  return new Map(rows.map((row) => [String(row.name), String(row.checksum)]));
}

function refuseNewer(file: string, known: readonly Migration[], applied: Map<string, string>): void {
  const newer = [...applied.keys()].find((name) => !known.some((migration) => migration.name === name));
  if (newer !== undefined)
    throw new UnusableDatabase(
      `${file} was written by a newer release (it has the change "${newer}", which this one does not know): install that release again, or restore a backup of this one; nothing was touched`,
    );
}

function isNeeded(migration: Migration, applied: Map<string, string>): boolean {
  const checksum = applied.get(migration.name);
  if (checksum !== undefined && checksum !== migration.checksum)
    throw new Error(`the migration ${migration.name} was edited after this database had it`);
  return checksum === undefined;
}

/** One transaction with its own record, so that a kill in the middle leaves the database as it was. */
async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const now = new Date().toISOString().replace('Z', '+00:00');
  const values = [randomUUID(), checksum, now, name, now].map((value) => `'${value}'`).join(', ');
  const record = `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES (${values}, 1);`;
  try {
    await client.executeMultiple(`PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE; ${sql}\n${record} COMMIT;`);
  } catch (error) {
    await client.execute('ROLLBACK').catch(() => {}); // nothing to roll back when BEGIN itself failed
    throw new Error(`the migration ${name} could not be applied: ${(error as Error).message}`);
  } finally {
    await client.execute('PRAGMA foreign_keys=ON');
  }
}

async function keepBefore(client: Client, file: string): Promise<void> {
  try {
    await copyAside(client, file, 'before-migration');
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new UnusableDatabase(
      'the disk has no room for the copy of the database that is made before this release changes it: free as much as the database takes, then start again; nothing was touched',
    );
  }
}

function explained(error: Error, file: string): Error {
  if (!isDamage(error)) return error;
  return new UnusableDatabase(
    `${file} is damaged or is not a database: restore a backup with "switchyard restore FILE"; nothing was touched`,
  );
}
