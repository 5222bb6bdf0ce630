import type { Role } from './wire.ts';

/** Who asks, and what they came in by. */
export interface Visitor {
  /** Who they are, or whose program it is; null: a guest. */
  readonly user: number | null;
  readonly name: string;
  readonly role: Role;
  readonly by: 'session' | 'token' | 'guest';
  /** Names the session or the token without being able to open anything: its hash. A guest's address. */
  readonly pass: string;
}
/** Somebody of the LAN who has not logged in, and may watch. */
export const guestAt = (address: string): Visitor => ({
  ...{ user: null, name: '', role: 'viewer', by: 'guest', pass: address },
});

/** Somebody who has given a password, and whose session this is. */
export interface Person {
  readonly user: number;
  readonly name: string;
  readonly role: Role;
  /** Its hash. */
  readonly session: string;
}

/** Behind a door that is open in person only. */
export function personIn({ visitor }: { readonly visitor: Visitor | null }): Person {
  if (visitor?.by !== 'session' || visitor.user === null)
    throw new Error('expected a session at a door that is open in person only');
  const { user, name, role, pass } = visitor;
  return { user, name, role, session: pass };
}
