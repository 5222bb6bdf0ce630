import { existsSync } from 'node:fs';
import type { Client } from '@libsql/client';
import { isDamage } from '../unusable-database.ts';

// Who may come in is the board's, not the data's: a backup has no accounts, tokens and rules, and a restore leaves those that are there.

/** Those that others refer to come first. accounts.test.ts looks for tables with secrets that are not among them. */
export const ACCOUNT_TABLES = ['User', 'Session', 'ApiToken', 'Claim', 'AccessRules'] as const;

/** Nothing of them is left in the file either: what is deleted is overwritten. */
export async function dropAccounts(client: Client): Promise<void> {
  await client.execute('PRAGMA secure_delete=ON');
  for (const table of [...ACCOUNT_TABLES].reverse()) await client.execute(`DELETE FROM "${table}"`);
}

/** The accounts of another database, also of an older one, in the place of this one's; none when that is beyond reading. */
export async function takeAccounts(client: Client, from: string): Promise<void> {
  if (!existsSync(from)) return;
  try {
    await client.execute({ sql: 'ATTACH ? AS before', args: [from] });
    for (const table of ACCOUNT_TABLES) await takeTable(client, table);
    await client.execute('DETACH before');
  } catch (error) {
    if (!isDamage(error)) throw error;
    await dropAccounts(client);
  }
}

async function takeTable(client: Client, table: string): Promise<void> {
  const theirs = new Set(await columnsOf(client, 'before', table));
  const both = (await columnsOf(client, 'main', table)).filter((column) => theirs.has(column));
  if (both.length === 0) return; // older than the table
  const columns = both.map((column) => `"${column}"`).join(', ');
  await client.execute(`DELETE FROM main."${table}"`);
  await client.execute(`INSERT INTO main."${table}" (${columns}) SELECT ${columns} FROM before."${table}"`);
}

async function columnsOf(client: Client, schema: 'main' | 'before', table: string): Promise<string[]> {
  const { rows } = await client.execute(`SELECT name FROM pragma_table_info('${table}', '${schema}')`);
  return rows.map(({ name }) => String(name));
}
