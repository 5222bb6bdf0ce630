import type { IncomingMessage } from 'node:http';
import type { Claims } from './claim.ts';
import { type HostList, isForeignSite, isOwnOrigin } from './host-origin.ts';
import type { OpenWatching } from './open-watching.ts';
import { mayPass, type Permission, rightIn } from './permissions.ts';
import { Refusal } from './refusal.ts';
import { bearerIn, cookieIn, type Sessions } from './sessions.ts';
import { isToken, type Tokens } from './tokens.ts';
import { guestAt, type Visitor } from './visitor.ts';
import type { Way } from './way.ts';

/** The one guard: every request, every upgrade and every socket event goes past it. */
export interface Access {
  /** Throws when the request was made for another name, or by a page that is not ours. */
  checkSource(req: IncomingMessage): void;
  visitor(req: IncomingMessage): Promise<Visitor | null>;
  /** Whether the request may be answered to a guest. */
  admitsGuest(req: IncomingMessage): Promise<boolean>;
  /** Throws when the visitor may not. */
  checkRight(needed: Permission, visitor: Visitor | null, req: IncomingMessage): Promise<void>;
  /** Of these, those whose session or token is over; guests when watching is. */
  gone(visitors: readonly Visitor[]): Promise<Set<Visitor>>;
  readonly way: Way;
  readonly hosts: HostList;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly watching: OpenWatching;
  readonly claims: Claims;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Doors at which there is no session yet, so that a program has nothing to bear. */
const ENTRANCES = /^\/api\/v1\/(claim|login)$/;

type Parts = Pick<Access, 'way' | 'hosts' | 'sessions' | 'tokens' | 'watching' | 'claims'>;

export function createAccess(parts: Parts): Access {
  const { way, sessions, tokens, watching, claims } = parts;
  const known = (req: IncomingMessage): Promise<Visitor | null> => {
    const bearer = bearerIn(req.headers.authorization);
    if (bearer !== null) return isToken(bearer) ? tokens.find(bearer) : sessions.find(bearer);
    const id = cookieIn(req.headers.cookie, way.isEncrypted(req));
    return id === null ? Promise.resolve(null) : sessions.find(id);
  };
  const admitsGuest = async (req: IncomingMessage): Promise<boolean> =>
    way.isLan(req) && !showsMore(req) && (await watching.isOn()) && (await claims.claimed());
  return {
    ...parts,
    checkSource(req) {
      if (!parts.hosts.allows(req.headers.host) || hasTwoHosts(req)) throw WRONG_HOST;
      if (req.headers.origin !== undefined) {
        if (!isOwnOrigin(req.headers, way.isEncrypted(req))) throw WRONG_ORIGIN;
      } else if (!SAFE.has(req.method ?? '') && !isProgram(req)) throw NO_ORIGIN;
      if (!SAFE.has(req.method ?? '') && isForeignSite(req.headers)) throw WRONG_ORIGIN;
    },
    async visitor(req) {
      const visitor = await known(req);
      return visitor ?? ((await admitsGuest(req)) ? guestAt(way.addressOf(req)) : null);
    },
    admitsGuest,
    async checkRight(needed, visitor, req) {
      if (needed === 'anyone') return;
      if (needed === 'machine') {
        if ((!visitor || visitor.by === 'guest') && !way.isLocal(req)) throw LOGIN;
        return;
      }
      if (!visitor) throw (await claims.claimed()) ? LOGIN : SETUP;
      if (visitor.by === 'guest' && !(needed === 'viewer' && isLook(req))) throw GUEST;
      const { role, inPerson } = rightIn(needed);
      if (!mayPass(visitor.role, role)) throw tooLow(role);
      if (inPerson && visitor.by !== 'session') throw IN_PERSON;
    },
    async gone(visitors) {
      const by = (kind: Visitor['by']) => visitors.filter((each) => each.by === kind).map(({ pass }) => pass);
      const alive = { session: await sessions.alive(by('session')), token: await tokens.alive(by('token')) };
      const guests = visitors.some((each) => each.by === 'guest') && (await watching.isOn());
      return new Set(visitors.filter((each) => (each.by === 'guest' ? !guests : !alive[each.by].has(each.pass))));
    },
  };
}

/** Node would take the first, and a proxy before it may have looked at the last. */
const hasTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1;

/** Browsers always send an Origin with what changes anything; without one, the request must prove to be a program's. */
function isProgram(req: IncomingMessage): boolean {
  if (bearerIn(req.headers.authorization) !== null) return true;
  return ENTRANCES.test(req.url ?? '') && req.headers['sec-fetch-site'] === undefined;
}

/** Whoever shows what should open more, and does not, is no guest. */
const showsMore = ({ headers }: IncomingMessage): boolean => Boolean(headers.authorization);

/** A guest's socket begins with one too. */
const isLook = (req: IncomingMessage): boolean => req.method === 'GET' || req.method === 'HEAD';

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
const GUEST = new Refusal(403, 'guest', 'you are watching without login; log in first');
const IN_PERSON = new Refusal(403, 'in_person', 'a token may not do this; log in');
const SETUP = new Refusal(403, 'setup_required', 'this board has no owner yet; claim it with the token on its console');
const tooLow = (needed: string): Refusal => new Refusal(403, 'forbidden', `this needs the role ${needed}`);
