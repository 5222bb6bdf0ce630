import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaClient } from '../generated/prisma/client.ts';
import { Connections } from './connection.ts';

export type Database = PrismaClient;

/** Opens the one connection to the file. */
export async function openDatabase(file: string): Promise<Database> {
  keepPrivate(file);
  const db = new PrismaClient({ adapter: new Connections(file) });
  await db.$connect();
  return db;
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
