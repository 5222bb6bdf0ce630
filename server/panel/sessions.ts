import { createHash, randomBytes } from 'node:crypto';
import type { Recorder } from '../history/record.ts';
import type { Database } from '../history/sqlite.ts';
import type { Visitor } from './visitor.ts';
import type { Role } from './wire.ts';

export interface Sessions {
  /** The id that the browser is to hold; only its hash is kept. Of a user who has too many the one longest unused ends. */
  open(user: number): Promise<string>;
  find(id: string): Promise<Visitor | null>;
  /** Of these sessions (by hash), those that still live. */
  alive(hashes: readonly string[]): Promise<Set<string>>;
  close(hash: string): Promise<void>;
  /** Ends all of a user's sessions but that one (by hash; null: none is spared), and says which they were. */
  closeAll(user: number, spared: string | null): Promise<readonly string[]>;
}

const HOUR_MS = 3_600_000;
export const IDLE_MS = 12 * HOUR_MS;
export const LIFE_MS = 7 * 24 * HOUR_MS;
/** Browsers and programs of one user; a script that signs in each time anew must not fill the database. */
const MOST_EACH = 100;
/** How exactly it is known when somebody was last here; each new minute costs one write. */
export const SEEN_EVERY_MS = 60_000;

/** Which sessions are not over, for a question to the database. */
export const livingAt = (nowMs: number) => ({
  lastSeenAt: { gt: new Date(nowMs - IDLE_MS) },
  createdAt: { gt: new Date(nowMs - LIFE_MS) },
});

/** An expired session is as unknown as one that never was. The database is asked each time: another process may revoke. */
export function createSessions(db: Database, record: Recorder, now: () => number = Date.now): Sessions {
  const living = () => livingAt(now());
  return {
    async open(userId) {
      const id = randomBytes(32).toString('base64url');
      const at = new Date(now());
      const others = await db.session.findMany({
        where: { userId },
        orderBy: { lastSeenAt: 'desc' },
        skip: MOST_EACH - 1,
        select: { hash: true },
      });
      const tooMany = others.map(({ hash }) => hash);
      await record.write(
        (db) => db.session.deleteMany({ where: { OR: [{ NOT: living() }, { hash: { in: tooMany } }] } }),
        (db) => db.session.create({ data: { hash: hashOf(id), userId, createdAt: at, lastSeenAt: at } }),
      );
      return id;
    },
    async find(id) {
      if (!/^[A-Za-z0-9_-]{43}$/.test(id)) return null;
      const hash = hashOf(id);
      const found = await db.session.findFirst({ where: { hash, ...living() }, include: { user: true } });
      if (!found) return null;
      if (now() - found.lastSeenAt.getTime() > SEEN_EVERY_MS) touch(record, hash, new Date(now()));
      const { name, role } = found.user;
      return { user: found.userId, name, role: role as Role, by: 'session', pass: hash };
    },
    async alive(hashes) {
      if (hashes.length === 0) return new Set();
      const found = await db.session.findMany({
        where: { hash: { in: [...hashes] }, ...living() },
        select: { hash: true },
      });
      return new Set(found.map((session) => session.hash));
    },
    close: (hash) => record.write((db) => db.session.deleteMany({ where: { hash } })),
    async closeAll(userId, spared) {
      const where = { userId, ...(spared === null ? {} : { NOT: { hash: spared } }) };
      const ended = await db.session.findMany({ where, select: { hash: true } });
      await record.write((db) => db.session.deleteMany({ where }));
      return ended.map(({ hash }) => hash);
    },
  };
}

function touch(record: Recorder, hash: string, lastSeenAt: Date): void {
  const seen = record.write((db) => db.session.updateMany({ where: { hash }, data: { lastSeenAt } }));
  seen.catch(() => {}); // the recorder says its trouble itself; the visitor is let in all the same
}

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const COOKIE = 'switchyard_session';

/** Over TLS a name that no plain page, and no other host, can set. */
const cookieName = (encrypted: boolean): string => (encrypted ? `__Host-${COOKIE}` : COOKIE);
const cookie = (encrypted: boolean, id: string, seconds: number): string =>
  `${cookieName(encrypted)}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${encrypted ? '; Secure' : ''}`;

export const sessionCookie = (id: string, encrypted: boolean): string => cookie(encrypted, id, LIFE_MS / 1000);
export const noCookie = (encrypted: boolean): string => cookie(encrypted, '', 0);

export function cookieIn(header: string | undefined, encrypted: boolean): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName(encrypted) && value) return value;
  }
  return null;
}

export const bearerIn = (header: string | undefined): string | null =>
  /^Bearer ([^\s]+)$/i.exec(header ?? '')?.[1] ?? null;
