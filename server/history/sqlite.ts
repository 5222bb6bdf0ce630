import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Client, type Config, createClient, type InStatement, type Transaction } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../generated/prisma/client.ts';

export type Database = PrismaClient;

/** What every connection must say of itself: an acknowledged write survives a power cut only with WAL and FULL. */
export const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000 } as const;

/** Opens the one connection to the file, and reads its settings back before anything is trusted to it. */
export async function openDatabase(file: string): Promise<Database> {
  keepPrivate(file);
  const db = new PrismaClient({ adapter: new OneConnection({ url: `file:${file}`, timeout: PRAGMAS.busy_timeout }) });
  await db.$connect();
  await assertPragmas(db);
  return db;
}

/** Throws, naming the setting, when one is not as it must be. */
export async function assertPragmas(db: Database): Promise<void> {
  const found = await readPragmas(db);
  for (const [name, wanted] of Object.entries(PRAGMAS))
    if (String(found[name]) !== String(wanted))
      throw new Error(`the database's ${name} is ${found[name]} where ${wanted} is needed`);
}

export async function readPragmas(db: Database): Promise<Record<string, string | number>> {
  const found: Record<string, string | number> = {};
  for (const name of Object.keys(PRAGMAS)) {
    const [row] = await db.$queryRawUnsafe<Record<string, string | number | bigint>[]>(`PRAGMA ${name}`);
    const value = Object.values(row ?? {})[0];
    found[name] = typeof value === 'bigint' ? Number(value) : (value ?? 'missing');
  }
  return found;
}

/**
 * The folder 0700, the file 0600; SQLite gives its journal the file's mode. A file that is there is never opened for it: closing
 * any descriptor of it would drop this process's SQLite locks, and another process could then take the journal away under it.
 */
export function keepPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(dirname(file), 0o700);
  createUnlessThere(file);
  chmodSync(file, 0o600);
}

function createUnlessThere(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * The stock client hands its connection to each transaction and opens another for what follows: descriptors grow by one a
 * transaction, and the settings of a connection are lost. The adapter already lets one transaction in at a time, so one
 * connection serves.
 */
class OneConnection extends PrismaLibSql {
  override createClient(config: Config): Client {
    const client = createClient(config);
    // Runs at once inside the call; openDatabase reads it back.
    void client.executeMultiple(
      `PRAGMA busy_timeout=${PRAGMAS.busy_timeout}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;`,
    );
    client.transaction = () => begin(client);
    return client;
  }
}

async function begin(client: Client): Promise<Transaction> {
  await client.execute('BEGIN IMMEDIATE');
  let closed = false;
  const end = async (sql: string) => {
    if (closed) return;
    closed = true;
    await client.execute(sql);
  };
  const transaction = {
    get closed() {
      return closed;
    },
    execute: (statement: InStatement) => client.execute(statement),
    async batch(statements: InStatement[]) {
      const results = [];
      for (const statement of statements) results.push(await client.execute(statement));
      return results;
    },
    executeMultiple: (sql: string) => client.executeMultiple(sql),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK'),
  };
  return transaction as unknown as Transaction;
}
