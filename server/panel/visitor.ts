import type { Role } from './wire.ts';

/** Who asks, and what they came in by. */
export interface Visitor {
  /** Who they are, or whose program it is. */
  readonly user: number;
  readonly name: string;
  readonly role: Role;
  readonly by: 'session' | 'token';
  /** Names the session or the token without being able to open anything: its hash. */
  readonly pass: string;
}
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
  if (visitor?.by !== 'session') throw new Error('expected a session at a door that is open in person only');
  const { user, name, role, pass } = visitor;
  return { user, name, role, session: pass };
}
