import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@libsql/client';
import { copiesIn, keepNewest, syncPath } from '../copies.ts';
import { bringUpToDate } from '../migrate.ts';
import { takeAccounts } from './accounts.ts';
import { DATABASE, FOLDERS } from './archive.ts';
import { STAMP, stagedIn, stagedManifest } from './restore.ts';
import { whileAlone } from './snapshot.ts';

/** In the order in which they change places: the journal goes with its database, never without it. */
const REPLACED = [`${DATABASE}-shm`, `${DATABASE}-wal`, DATABASE, ...FOLDERS];

/**
 * Puts what waits in the place of the data, before anything of it is open; what was there goes to copies. A kill in the middle
 * is made good at the next start. Returns what came of it, for the log; null: nothing waits.
 */
export async function applyRestore(dataDir: string, migrations: string): Promise<string | null> {
  sweep(dataDir);
  const staged = stagedIn(dataDir);
  const waiting = stagedManifest(dataDir);
  if (!waiting) return null;
  try {
    await prepare(staged, dataDir, migrations);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    return `the backup could not be restored, and the data is as it was: ${(error as Error).message}`;
  }
  const kept = swap(staged, dataDir);
  return `restored the backup of ${waiting.createdAt} (experiments: ${waiting.experiments}, runs: ${waiting.runs}); what was here before lies in ${kept}`;
}

/** What was being taken in when a server was killed. */
function sweep(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  for (const name of readdirSync(dataDir))
    if (/^restore\..+\.part$/.test(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
}

/** It is the board's own from here on, and the old one may lose its journal. */
const PREPARED = 'prepared';

/** Can be done again from its beginning, as long as nothing has changed places. */
async function prepare(staged: string, dataDir: string, migrations: string): Promise<void> {
  if (existsSync(join(staged, PREPARED))) return;
  const file = join(staged, DATABASE);
  await whileAlone(file, async (client) => {
    await bringUpToDate(client, migrations, { file: 'the backup', before: async () => {} }); // whoever restores has the archive
    await client.execute('PRAGMA foreign_keys=OFF'); // accounts come table by table
    await takeAccounts(client, join(dataDir, DATABASE));
    await settle(client);
  });
  writeFileSync(join(staged, PREPARED), '', { mode: 0o600, flush: true });
  syncPath(staged);
}

const NOT_RUN = 'It waited when the backup was made.';

/** Nothing begins by itself because a backup was restored; what ran is settled as after any end of the server. */
async function settle(client: Client): Promise<void> {
  const waiting = `experimentId IN (SELECT id FROM Experiment WHERE status = 'queued')`;
  const args = [NOT_RUN, new Date().toISOString().replace('Z', '+00:00')];
  await client.execute({
    sql: `UPDATE Run SET status = 'interrupted', reason = ?, endedAt = ? WHERE status = 'queued' AND ${waiting}`,
    args,
  });
  await client.execute({
    sql: `UPDATE Experiment SET status = 'interrupted', endedAt = ? WHERE status = 'queued'`,
    args: args.slice(1),
  });
}

/** Each thing goes in two steps, old out and new in, and each step tells by what is where whether it was taken. */
function swap(staged: string, dataDir: string): string {
  const copies = copiesIn(dataDir);
  const kept = join(copies, `before-restore-${readFileSync(join(staged, STAMP), 'utf8')}`);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  const databaseWaits = existsSync(join(staged, DATABASE));
  for (const name of REPLACED) {
    const isJournal = name !== DATABASE && name.startsWith(DATABASE);
    if (isJournal ? !databaseWaits : !existsSync(join(staged, name))) continue;
    putAway(join(dataDir, name), join(kept, name));
    if (!isJournal) renameSync(join(staged, name), join(dataDir, name));
    for (const folder of [kept, dataDir, staged]) syncPath(folder);
  }
  rmSync(staged, { recursive: true, force: true });
  syncPath(dataDir);
  keepNewest(copies, 'before-restore-');
  return kept;
}

function putAway(from: string, to: string): void {
  if (!existsSync(from)) return;
  if (existsSync(to)) rmSync(from, { recursive: true, force: true });
  else renameSync(from, to);
}
