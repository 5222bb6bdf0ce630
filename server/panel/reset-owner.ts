import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase } from '../history/sqlite.ts';
import { newClaim } from './claim.ts';

/** Forgets the owner's password, sessions and tokens and returns a new claim token. A server that runs notices by itself. */
export async function resetOwner(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  const file = databaseIn(folder);
  if (!existsSync(file)) throw new Error(`there is no board's data in ${folder}; DATA_DIR says where it is`);
  const db = await openDatabase(file);
  try {
    await db.$transaction([
      db.session.deleteMany({ where: { user: { owner: true } } }),
      db.apiToken.deleteMany({ where: { user: { owner: true } } }),
      db.user.updateMany({ where: { owner: true }, data: { password: null } }),
    ]);
    return await newClaim(db, folder);
  } finally {
    await db.$disconnect();
  }
}

export const databaseIn = (dataDir: string): string => join(dataDir, 'switchyard.db');
