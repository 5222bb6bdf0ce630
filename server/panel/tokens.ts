import { randomBytes } from 'node:crypto';
import type { Recorder } from '../history/record.ts';
import type { Database } from '../history/sqlite.ts';
import { leastOf } from './permissions.ts';
import { conflict } from './refusal.ts';
import { hashOf, SEEN_EVERY_MS } from './sessions.ts';
import type { Visitor } from './visitor.ts';
import type { Role, TokenAdded, TokenView } from './wire.ts';

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  /** null: until it is deleted. */
  readonly expiresInDays: number | null;
}
/** What programs come in by. A token has its role or its person's, whichever is less at that moment. */
export interface Tokens {
  /** Of one person; null: everybody's. */
  list(user: number | null): Promise<TokenView[]>;
  /** The token itself is told here and never again. */
  add(user: number, asked: NewToken): Promise<TokenAdded>;
  /** Gives its hash; null when there is none such, or it is another's than the user's (null: anybody's may go). */
  remove(id: number, user: number | null): Promise<string | null>;
  find(token: string): Promise<Visitor | null>;
  /** Of these (by hash), those that still open the door. */
  alive(hashes: readonly string[]): Promise<Set<string>>;
}

const PREFIX = 'sw_';
const SHOWN = PREFIX.length + 4;
const MOST_EACH = 50;
const DAY_MS = 86_400_000;
const FORM = /^sw_[A-Za-z0-9_-]{43}$/;

/** Sessions have no such beginning. */
export const isToken = (bearer: string): boolean => bearer.startsWith(PREFIX);

export function createTokens(db: Database, record: Recorder, now: () => number = Date.now): Tokens {
  const living = () => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now()) } }] });
  const withUser = { user: true } as const;
  return {
    async list(userId) {
      const where = userId === null ? {} : { userId };
      return (await db.apiToken.findMany({ where, include: withUser, orderBy: { id: 'asc' } })).map(viewOf);
    },
    async add(userId, { name, role, expiresInDays }) {
      if ((await db.apiToken.count({ where: { userId } })) >= MOST_EACH)
        throw conflict(`you have ${MOST_EACH} tokens already; delete one first`);
      const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
      const [hash, at] = [hashOf(token), now()];
      const expiresAt = expiresInDays === null ? null : new Date(at + expiresInDays * DAY_MS);
      const kept = { hash, prefix: token.slice(0, SHOWN), name, role, userId, createdAt: new Date(at), expiresAt };
      await record.write((db) => db.apiToken.create({ data: kept }));
      return { ...viewOf(await db.apiToken.findUniqueOrThrow({ where: { hash }, include: withUser })), token };
    },
    async remove(id, userId) {
      const found = await db.apiToken.findFirst({ where: { id, ...(userId === null ? {} : { userId }) } });
      if (!found) return null;
      await record.write((db) => db.apiToken.deleteMany({ where: { id } }));
      return found.hash;
    },
    async find(token) {
      if (!FORM.test(token)) return null;
      const hash = hashOf(token);
      const found = await db.apiToken.findFirst({ where: { hash, ...living() }, include: withUser });
      if (!found) return null;
      if (now() - (found.lastUsedAt?.getTime() ?? 0) > SEEN_EVERY_MS) touch(record, hash, new Date(now()));
      const { name } = found.user;
      return { user: found.userId, name, role: roleOf(found), by: 'token', pass: hash };
    },
    async alive(hashes) {
      if (hashes.length === 0) return new Set();
      const where = { hash: { in: [...hashes] }, ...living() };
      return new Set((await db.apiToken.findMany({ where, select: { hash: true } })).map(({ hash }) => hash));
    },
  };
}

function touch(record: Recorder, hash: string, lastUsedAt: Date): void {
  const used = record.write((db) => db.apiToken.updateMany({ where: { hash }, data: { lastUsedAt } }));
  used.catch(() => {}); // the recorder says its trouble itself; the program is let in all the same
}

interface Row {
  readonly id: number;
  readonly prefix: string;
  readonly name: string;
  readonly role: string;
  readonly user: { readonly name: string; readonly role: string };
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}
const roleOf = ({ role, user }: Pick<Row, 'role' | 'user'>): Role => leastOf(role as Role, user.role as Role);

const viewOf = (row: Row): TokenView => ({
  ...{ id: row.id, name: row.name, user: row.user.name, role: roleOf(row), prefix: row.prefix },
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
