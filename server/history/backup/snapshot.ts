import { rmSync } from 'node:fs';
import type { Client } from '@libsql/client';
import { connect } from '../connection.ts';
import { copyDatabase, syncPath } from '../copies.ts';
import { migrationsOf } from '../migrate.ts';
import { dropAccounts } from './accounts.ts';

/** What a database says of itself. */
export interface DatabaseFacts {
  /** The oldest first. */
  readonly migrations: readonly string[];
  readonly experiments: number;
  readonly runs: number;
}

/** The database as it is at this moment, without its accounts, in a file of its own. Whoever writes meanwhile goes on. */
export async function snapshot(file: string, to: string): Promise<DatabaseFacts> {
  const live = await connect(file);
  try {
    await copyDatabase(live, to);
  } finally {
    live.close();
  }
  try {
    return await whileAlone(to, async (copy) => {
      await dropAccounts(copy);
      return factsOf(copy);
    });
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/** Reads all of a database that came from outside. Throws when it is damaged. */
export const examine = (file: string): Promise<DatabaseFacts> =>
  whileAlone(file, async (client) => {
    const [said] = (await client.execute('PRAGMA integrity_check')).rows;
    if (said?.[0] !== 'ok') throw new Error(`the database says: ${said?.[0]}`);
    return factsOf(client);
  });

/**
 * Afterwards the database is one file, without a journal beside it, and may be moved: a journal's index belongs to the
 * file wherever its name has gone, and a second one beside the new name would ruin it.
 */
export async function whileAlone<T>(file: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(file);
  try {
    const result = await use(client);
    const [mode] = (await client.execute('PRAGMA journal_mode=DELETE')).rows;
    if (mode?.[0] !== 'delete') throw new Error('the copy of the database is in use by somebody else');
    syncPath(file);
    return result;
  } finally {
    client.close();
  }
}

async function factsOf(client: Client): Promise<DatabaseFacts> {
  const count = async (table: string) => Number((await client.execute(`SELECT count(*) FROM "${table}"`)).rows[0]?.[0]);
  return {
    migrations: await migrationsOf(client),
    experiments: await count('Experiment'),
    runs: await count('Run'),
  };
}
