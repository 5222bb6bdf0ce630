import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@libsql/client';
import { connect } from './connection.ts';
import { keepPrivate } from './sqlite.ts';

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

/** Names of the migrations that were needed. A database that had rows is copied beside itself first. */
export async function migrate(file: string, folder: string): Promise<string[]> {
  keepPrivate(file);
  const client = await connect(file);
  try {
    const before = await appliedTo(client);
    const needed = readMigrations(folder).filter((migration) => isNeeded(migration, before));
    if (needed.length > 0 && before.size > 0) await copyAside(client, file);
    for (const migration of needed) await apply(client, migration);
    return needed.map((migration) => migration.name);
  } finally {
    client.close();
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function appliedTo(client: Client): Promise<Map<string, string>> {
  const found = await client.execute("SELECT name FROM sqlite_master WHERE name = '_prisma_migrations'");
  if (found.rows.length === 0) await client.execute(TABLE);
  const { rows } = await client.execute(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
  );
  return new Map(rows.map((row) => [String(row.name), String(row.checksum)]));
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
  }
}

async function copyAside(client: Client, file: string): Promise<void> {
  const copy = `${file}.before-${new Date().toISOString().replace(/\D/g, '').slice(0, 17)}`;
  await client.execute({ sql: 'VACUUM INTO ?', args: [copy] });
  keepPrivate(copy);
}
