import * as z from 'zod';
import { readJson } from '../body.ts';
import { found } from '../found.ts';
import { hashPassword, isOutdated, passwordIs } from '../passwords.ts';
import { personName as name, newPassword } from '../person-fields.ts';
import { badRequest, notFound, parse, Refusal } from '../refusal.ts';
import type { Answer, Routes, Visit } from '../router.ts';
import { noCookie, sessionCookie } from '../sessions.ts';
import type { Site } from '../site.ts';
import { personIn } from '../visitor.ts';
import type { Me, Role, SetupState } from '../wire.ts';

const bearer = z.boolean().default(false);
const claimBody = z.object({ token: z.string().trim().max(100), name, password: newPassword, bearer });
const loginBody = z.object({
  name: z.string().trim().min(1, 'must not be empty').max(64),
  password: z.string().min(1, 'must not be empty').max(256),
  newPassword: newPassword.optional(),
  bearer,
});
const passwordBody = z.strictObject({ old: z.string().max(256), password: newPassword });

/** Who one is: claim, login, logout, and one's own password. */
export function accountRoutes(site: Site): Routes {
  const { access, config, history } = site;
  const letIn = async (visit: Visit, user: number, me: Me, wantsBearer: boolean): Promise<Answer> => {
    const id = await access.sessions.open(user);
    const isBrowser = visit.req.headers.origin !== undefined;
    if (wantsBearer && !isBrowser) return { json: { ...me, token: id } };
    return { json: me, headers: { 'set-cookie': sessionCookie(id, access.way.isEncrypted(visit.req)) } };
  };
  /** Sockets end at once with their sessions. */
  const endSessions = async (user: number, spared: string | null): Promise<void> => {
    for (const hash of await access.sessions.closeAll(user, spared)) site.live().sendAway(`session ${hash}`);
  };
  /** An initial password opens nothing but the choice of one's own. Gives the hash that counts from then on. */
  const replaceInitial = async (id: number, initial: string, asked: z.output<typeof loginBody>): Promise<string> => {
    if (asked.newPassword === undefined) throw CHOOSE;
    if (asked.newPassword === asked.password) throw SAME;
    const password = await hashPassword(asked.newPassword);
    const changed = { password, initial: false };
    await history.record
      .write((db) => db.user.update({ where: { id, password: initial, initial: true }, data: changed }))
      .catch(onCode('P2025', WRONG)); // somebody was faster
    return password;
  };

  /** Costs what costs today; only now is it known what to hash. */
  const hashAnew = async (id: number, outdated: string, asked: string): Promise<void> => {
    const password = await hashPassword(asked);
    await history.record.write((db) => db.user.updateMany({ where: { id, password: outdated }, data: { password } }));
  };
  return {
    'GET /api/v1/setup': async ({ req }) => {
      const [claimed, watching] = [await access.claims.claimed(), await access.admitsGuest(req)];
      const { version, insecure } = config;
      return { json: { claimed, version, insecure, watching } satisfies SetupState };
    },
    'GET /api/v1/found': async ({ req }) => {
      if (await access.claims.claimed()) throw notFound('this board has an owner: sign in to see what is there');
      return { json: found(site, req) };
    },
    'POST /api/v1/claim': async (visit) => {
      const asked = parse(claimBody, await readJson(visit.req, 4096));
      checkProgram(visit, asked.bearer);
      slowDown(site, `claim ${visit.ip}`);
      const user = await access.claims.claim(asked.token, asked.name, asked.password);
      site.backoff.succeeded(`claim ${visit.ip}`);
      return letIn(visit, user, { name: asked.name, role: 'admin' }, asked.bearer);
    },
    'POST /api/v1/login': async (visit) => {
      const asked = parse(loginBody, await readJson(visit.req, 4096));
      checkProgram(visit, asked.bearer);
      if (!(await access.claims.claimed())) throw new Refusal(403, 'setup_required', 'this board has no owner yet');
      const keys = [`ip ${visit.ip}`, `name ${asked.name.toLowerCase()}`];
      slowDown(site, ...keys);
      const user = await history.db.user.findUnique({ where: { name: asked.name } });
      if (!(await passwordIs(asked.password, user?.password ?? null)) || !user) throw WRONG;
      site.backoff.succeeded(...keys);
      if (!user.initial && asked.newPassword !== undefined) throw OWN_ALREADY;
      const hash = user.initial ? await replaceInitial(user.id, user.password ?? '', asked) : user.password;
      const me = { name: user.name, role: user.role as Role };
      const entered = await letIn(visit, user.id, me, asked.bearer).catch(onCode('P2003', WRONG)); // deleted meanwhile
      // Changed while it was checked: whoever knows only the old one stays outside.
      const now = await history.db.user.findUnique({ where: { id: user.id } });
      // The same in new clothes is what another login with it has made of it.
      if (now?.password !== hash && !(await passwordIs(asked.password, now?.password ?? null))) {
        await endSessions(user.id, null);
        throw WRONG;
      }
      if (hash && isOutdated(hash)) await hashAnew(user.id, hash, asked.password);
      return entered;
    },
    'POST /api/v1/logout': async (visit) => {
      const { req } = visit;
      await readJson(req, 4096);
      const { session } = personIn(visit);
      await access.sessions.close(session);
      site.live().sendAway(`session ${session}`);
      return { json: {}, headers: { 'set-cookie': noCookie(access.way.isEncrypted(req)) } };
    },
    'PUT /api/v1/password': async (visit) => {
      const { user: id, name, session } = personIn(visit);
      const { old, password } = parse(passwordBody, await readJson(visit.req, 4096));
      const key = `password ${name.toLowerCase()}`;
      slowDown(site, key);
      const user = await history.db.user.findUniqueOrThrow({ where: { id } });
      if (!(await passwordIs(old, user.password))) throw WRONG_OLD;
      site.backoff.succeeded(key);
      const hash = await hashPassword(password);
      await history.record.write((db) => db.user.update({ where: { id }, data: { password: hash } }));
      await endSessions(id, session);
      return { json: {} };
    },
    'DELETE /api/v1/sessions': async (visit) => {
      await endSessions(personIn(visit).user, null);
      return { json: {}, headers: { 'set-cookie': noCookie(access.way.isEncrypted(visit.req)) } };
    },
    'GET /api/v1/me': ({ visitor }) => {
      const { name, role, by } = visitor!; // a viewer's route
      return { json: { name, role, ...(by === 'guest' ? { guest: true } : {}) } satisfies Me };
    },
  };
}

const WRONG = new Refusal(401, 'wrong_login', 'name or password is wrong');
/** Not 401: the password was right. */
const CHOOSE = new Refusal(403, 'password_change_required', 'this password was made for you; choose your own', {
  newPassword: 'is needed',
});
const SAME = new Refusal(400, 'invalid', 'newPassword: must be another one', { newPassword: 'must be another one' });
const OWN_ALREADY = badRequest('you have a password of your own already; it can be changed once you are in');
/** Not 401: whoever asks is signed in. */
const WRONG_OLD = new Refusal(403, 'wrong_password', 'the present password is not right', {
  old: 'is not right',
});

/** What the database answers with that code is told as that refusal. */
const onCode = (code: string, refusal: Refusal) => (error: { code?: string }) => {
  throw error.code === code ? refusal : error;
};

/** Without an Origin only a program that wants its token in the answer is served; a cookie is a browser's. */
function checkProgram({ req }: Visit, wantsBearer: boolean): void {
  if (req.headers.origin === undefined && !wantsBearer)
    throw badRequest('send an Origin header, or {"bearer":true} to be given a token for Authorization: Bearer');
}

function slowDown({ backoff }: Site, ...keys: string[]): void {
  const seconds = backoff.attempt(...keys);
  if (seconds === 0) return;
  const wait = { 'retry-after': String(seconds) };
  throw new Refusal(429, 'slow_down', `too many tries; try again in ${seconds} s`, undefined, wait);
}
