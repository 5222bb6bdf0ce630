import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Client } from '@libsql/client';

/** What was there before something changed it: copies of the database, and data that a restore replaced. */
export const copiesIn = (dataDir: string): string => join(dataDir, 'copies');

/** How many of each kind stay. */
const MOST_COPIES = 3;

/** The database as it is at this moment, whole and on the disk, or not there at all. Others may write meanwhile. */
export async function copyDatabase(client: Pick<Client, 'execute'>, to: string): Promise<void> {
  const part = `${to}.part`;
  rmSync(part, { force: true }); // a kill in the middle of a copy leaves one
  closeSync(openSync(part, 'wx', 0o600)); // SQLite fills an empty file, and keeps its mode
  try {
    await client.execute({ sql: 'VACUUM INTO ?', args: [part] });
    syncPath(part);
    renameSync(part, to);
    syncPath(dirname(to));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** A copy in `copies` beside the file, of which the newest few stay. Returns its path. */
export async function copyAside(client: Pick<Client, 'execute'>, file: string, why: string): Promise<string> {
  const folder = copiesIn(dirname(file));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });
  const copy = join(folder, `${why}-${stamp()}.db`);
  await copyDatabase(client, copy);
  keepNewest(folder, `${why}-`);
  return copy;
}

/** Of what begins so, the names being sorted by age. */
export function keepNewest(folder: string, beginning: string): void {
  const old = readdirSync(folder).filter((name) => name.startsWith(beginning));
  for (const name of old.sort().slice(0, -MOST_COPIES)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Of the wall clock, to the millisecond; sorted by age. */
export const stamp = (): string => new Date().toISOString().replace(/\D/g, '').slice(0, 17);

/** A file's bytes, or a folder's names, survive a power cut from here on. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
