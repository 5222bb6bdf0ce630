import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorder } from '../history/record.ts';
import type { Database } from '../history/sqlite.ts';
import { hashPassword } from './passwords.ts';
import { conflict, Refusal } from './refusal.ts';
import { hashOf } from './sessions.ts';

// First run: no default password. Whoever holds the token from the console becomes the owner, once.

export interface Claims {
  /** Whether the board has an owner. Asked of the database: `switchyard reset-owner` may have taken it away. */
  claimed(): Promise<boolean>;
  /** The owner's user id. Of fifty at once one wins. */
  claim(token: string, name: string, password: string): Promise<number>;
}

const fileOf = (dataDir: string): string => join(dataDir, 'claim');

export function createClaims(db: Database, record: Recorder, dataDir: string): Claims {
  let claiming = false;
  const claimed = async () => (await db.user.count({ where: { owner: true, password: { not: null } } })) > 0;
  return {
    claimed,
    async claim(token, name, password) {
      const row = await db.claim.findUnique({ where: { id: 1 } });
      if (!matches(token, row?.hash ?? '')) throw new Refusal(403, 'wrong_token', 'this is not the claim token');
      if (claiming || row?.usedAt || (await claimed())) throw conflict('this board has an owner already');
      claiming = true;
      try {
        const hash = await hashPassword(password);
        const owner = await makeOwner(db, record, name, hash, row?.hash ?? '');
        rmSync(fileOf(dataDir), { force: true });
        return owner;
      } finally {
        claiming = false;
      }
    },
  };
}

const matches = (token: string, hash: string): boolean => {
  const given = Buffer.from(hashOf(token), 'hex');
  const kept = Buffer.from(hash.padEnd(64, '0').slice(0, 64), 'hex');
  return timingSafeEqual(given, kept);
};

/** The token is used up and the owner is made in one transaction; nothing else may stand between them. */
async function makeOwner(
  db: Database,
  record: Recorder,
  name: string,
  password: string,
  hash: string,
): Promise<number> {
  const former = await db.user.findFirst({ where: { owner: true } });
  const data = { name, password, role: 'admin', owner: true, initial: false };
  const taken = await db.user.findFirst({ where: { name, NOT: { owner: true } } });
  if (taken) throw conflict(`there is another user called ${name}`);
  const written = record.write(
    // Fails when the token was used meanwhile, and takes the rest with it.
    (db) => db.claim.update({ where: { id: 1, hash, usedAt: null }, data: { usedAt: new Date() } }),
    (db) => (former ? db.user.update({ where: { id: former.id }, data }) : db.user.create({ data })),
  );
  await written.catch((error: { code?: string }) => {
    throw error.code === 'P2025' ? conflict('this board has an owner already') : error;
  });
  return (await db.user.findUniqueOrThrow({ where: { name } })).id;
}

/** The token to show on the console; null when the board has its owner. One that was shown before still holds. */
export async function claimToken(db: Database, dataDir: string): Promise<string | null> {
  if ((await db.user.count({ where: { owner: true, password: { not: null } } })) > 0) return null;
  const row = await db.claim.findUnique({ where: { id: 1 } });
  const shown = existsSync(fileOf(dataDir)) ? readFileSync(fileOf(dataDir), 'utf8').trim() : null;
  if (shown && row && !row.usedAt && hashOf(shown) === row.hash) return shown;
  return newClaim(db, dataDir);
}

/** 128 bits in four groups that can be read out; kept as a hash, and in a file that only the owner can read. */
export async function newClaim(db: Database, dataDir: string): Promise<string> {
  const token = randomBytes(16).toString('hex').match(/.{8}/g)!.join('-'); // 32 digits are four groups
  const hash = hashOf(token);
  await db.claim.upsert({ where: { id: 1 }, create: { id: 1, hash }, update: { hash, usedAt: null } });
  rmSync(fileOf(dataDir), { force: true });
  writeFileSync(fileOf(dataDir), `${token}\n`, { mode: 0o600 });
  return token;
}
