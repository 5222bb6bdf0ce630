import type { Recorder } from '../history/record.ts';
import type { Database } from '../history/sqlite.ts';
import { hashPassword, initialPassword } from './passwords.ts';
import { conflict, notFound, Refusal } from './refusal.ts';
import { livingAt } from './sessions.ts';
import type { Role, UserView } from './wire.ts';

// Who there is. The owner stands above it: nobody changes or deletes them, and so the board never loses its last admin.

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  /** null: the board makes one, which its user must replace by one of their own. */
  readonly password: string | null;
}
/** What the board made up and tells once; null where the password was given. */
export type Initial = string | null;

/** The admin who asks for a change; never the one that is changed. */
export interface Asker {
  readonly user: number;
  /** Throws when they may no longer: changes wait for their turn, and the one before may have been to them. */
  check(): Promise<void>;
}
export interface Users {
  list(): Promise<UserView[]>;
  add(asked: NewUser, by: Asker): Promise<{ readonly user: UserView; readonly initial: Initial }>;
  setRole(id: number, role: Role, by: Asker): Promise<UserView>;
  setPassword(id: number, password: string | null, by: Asker): Promise<Initial>;
  remove(id: number, by: Asker): Promise<void>;
}

export const MOST_USERS = 200;

/** Whatever takes a right away ends the user's sessions in the same transaction. */
export function createUsers(db: Database, record: Recorder, now: () => number = Date.now): Users {
  const inTurn = createTurns();
  const changing = <T>(by: Asker, change: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await by.check();
      return change();
    });
  const withPasses = () => ({
    sessions: { where: livingAt(now()), select: { lastSeenAt: true } },
    _count: { select: { tokens: true } },
  });
  const view = async (id: number): Promise<UserView> =>
    viewOf(await db.user.findUniqueOrThrow({ where: { id }, include: withPasses() }));
  const changeable = async (id: number, by: Asker) => {
    const user = await db.user.findUnique({ where: { id } });
    if (!user) throw notFound('there is no such user');
    if (user.owner) throw new Refusal(403, 'owner', 'the owner cannot be changed by others, and not be deleted');
    if (id === by.user) throw conflict('this is you: another admin can do that');
    return user;
  };
  return {
    list: async () => (await db.user.findMany({ include: withPasses(), orderBy: { id: 'asc' } })).map(viewOf),
    add: (asked, by) =>
      changing(by, async () => {
        await checkNew(db, asked.name);
        const { password, initial } = await passwordFor(asked.password);
        const { name, role } = asked;
        await record.write((db) => db.user.create({ data: { name, role, password, initial: initial !== null } }));
        const { id } = await db.user.findUniqueOrThrow({ where: { name } });
        return { user: await view(id), initial };
      }),
    setRole: (id, role, by) =>
      changing(by, async () => {
        const user = await changeable(id, by);
        if (user.role !== role)
          await record.write(
            (db) => db.user.update({ where: { id }, data: { role } }),
            (db) => db.session.deleteMany({ where: { userId: id } }),
          );
        return view(id);
      }),
    setPassword: (id, asked, by) =>
      changing(by, async () => {
        await changeable(id, by);
        const { password, initial } = await passwordFor(asked);
        await record.write(
          (db) => db.user.update({ where: { id }, data: { password, initial: initial !== null } }),
          (db) => db.session.deleteMany({ where: { userId: id } }),
        );
        return initial;
      }),
    remove: (id, by) =>
      changing(by, async () => {
        await changeable(id, by);
        await record.write((db) => db.user.delete({ where: { id } })); // sessions and tokens go along
      }),
  };
}

async function passwordFor(asked: string | null): Promise<{ password: string; initial: Initial }> {
  const initial = asked === null ? initialPassword() : null;
  return { password: await hashPassword(asked ?? initial ?? ''), initial };
}

/** "Ada" beside "ada" would be one of them to everybody else. */
async function checkNew(db: Database, name: string): Promise<void> {
  const names = (await db.user.findMany({ select: { name: true } })).map((user) => user.name);
  if (names.length >= MOST_USERS) throw conflict(`there are ${MOST_USERS} users already; delete one first`);
  if (names.some((other) => likeness(other) === likeness(name)))
    throw new Refusal(409, 'conflict', `there is a user called ${name} already`, { name: 'is taken' });
}

const likeness = (name: string): string => name.normalize('NFKC').toLowerCase();

interface Row {
  readonly id: number;
  readonly name: string;
  readonly role: string;
  readonly owner: boolean;
  readonly initial: boolean;
  readonly createdAt: Date;
  readonly sessions: readonly { readonly lastSeenAt: Date }[];
  readonly _count: { readonly tokens: number };
}
function viewOf({ id, name, role, owner, initial, createdAt, sessions, _count: { tokens } }: Row): UserView {
  const seen = sessions.map(({ lastSeenAt }) => lastSeenAt.toISOString()).sort();
  return {
    ...{ id, name, role: role as Role, owner, initial, createdAt: createdAt.toISOString() },
    ...{ sessions: sessions.length, tokens, seenAt: seen.at(-1) ?? null },
  };
}

/** One after the other: what one change has looked at, no other changes meanwhile. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}
