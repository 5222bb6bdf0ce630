import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../config.ts';
import type { Claims } from './claim.ts';
import { type HostList, isForeignSite, isOwnOrigin } from './host-origin.ts';
import { peerOf } from './peer.ts';
import { mayPass, type Permission, rightIn } from './permissions.ts';
import { Refusal } from './refusal.ts';
import { bearerIn, cookieIn, type Sessions } from './sessions.ts';
import { isEncrypted } from './tls/front.ts';
import { isToken, type Tokens } from './tokens.ts';
import type { Visitor } from './visitor.ts';

/** The one guard: every request, every upgrade and every socket event goes past it. */
export interface Access {
  /** Throws when the request was made for another name, or by a page that is not ours. */
  checkSource(req: IncomingMessage): void;
  visitor(req: IncomingMessage): Promise<Visitor | null>;
  /** Throws when the visitor may not. */
  checkRight(needed: Permission, visitor: Visitor | null, req: IncomingMessage): Promise<void>;
  /** Of these, those whose session or token is over. */
  gone(visitors: readonly Visitor[]): Promise<Set<Visitor>>;
  readonly hosts: HostList;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly claims: Claims;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Doors at which there is no session yet, so that a program has nothing to bear. */
const ENTRANCES = /^\/api\/v1\/(claim|login)$/;

type Parts = Pick<Access, 'hosts' | 'sessions' | 'tokens' | 'claims'>;

export function createAccess(parts: Parts): Access {
  const { sessions, tokens } = parts;
  return {
    ...parts,
    checkSource(req) {
      if (!parts.hosts.allows(req.headers.host)) throw WRONG_HOST;
      if (req.headers.origin !== undefined) {
        if (!isOwnOrigin(req.headers, isEncrypted(req))) throw WRONG_ORIGIN;
      } else if (!SAFE.has(req.method ?? '') && !isProgram(req)) throw NO_ORIGIN;
      if (!SAFE.has(req.method ?? '') && isForeignSite(req.headers)) throw WRONG_ORIGIN;
    },
    visitor(req) {
      const bearer = bearerIn(req.headers.authorization);
      if (bearer !== null) return isToken(bearer) ? tokens.find(bearer) : sessions.find(bearer);
      const id = cookieIn(req.headers.cookie, isEncrypted(req));
      return id === null ? Promise.resolve(null) : sessions.find(id);
    },
    async checkRight(needed, visitor, req) {
      if (needed === 'anyone') return;
      if (needed === 'machine') {
        if (!visitor && !isLocal(req)) throw LOGIN;
        return;
      }
      if (!visitor) throw (await parts.claims.claimed()) ? LOGIN : SETUP;
      const { role, inPerson } = rightIn(needed);
      if (!mayPass(visitor.role, role)) throw tooLow(role);
      if (inPerson && visitor.by !== 'session') throw IN_PERSON;
    },
    async gone(visitors) {
      const by = (kind: Visitor['by']) => visitors.filter((each) => each.by === kind).map(({ pass }) => pass);
      const alive = { session: await sessions.alive(by('session')), token: await tokens.alive(by('token')) };
      return new Set(visitors.filter((each) => !alive[each.by].has(each.pass)));
    },
  };
}

/** Browsers always send an Origin with what changes anything; without one, the request must prove to be a program's. */
function isProgram(req: IncomingMessage): boolean {
  if (bearerIn(req.headers.authorization) !== null) return true;
  return ENTRANCES.test(req.url ?? '') && req.headers['sec-fetch-site'] === undefined;
}

export const isLocal = (req: IncomingMessage): boolean => isLoopback(peerOf(req.socket));

const WRONG_HOST = new Refusal(
  421,
  'wrong_host',
  'this board does not go by that name; ALLOWED_HOSTS may list names that it should answer to',
);
const WRONG_ORIGIN = new Refusal(403, 'wrong_origin', 'this request was made by a page of another site');
const NO_ORIGIN = new Refusal(
  403,
  'no_origin',
  'a request that changes something needs an Origin header, or Authorization: Bearer',
);
const LOGIN = new Refusal(401, 'login_required', 'log in first', undefined, { 'www-authenticate': 'Bearer' });
const IN_PERSON = new Refusal(403, 'in_person', 'a token may not do this; log in');
const SETUP = new Refusal(403, 'setup_required', 'this board has no owner yet; claim it with the token on its console');
const tooLow = (needed: string): Refusal => new Refusal(403, 'forbidden', `this needs the role ${needed}`);
