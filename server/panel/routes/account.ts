import * as z from 'zod';
import { readJson } from '../body.ts';
import { found } from '../found.ts';
import { SHORTEST_PASSWORD } from '../password-length.ts';
import { hashPassword, passwordIs } from '../passwords.ts';
import { badRequest, notFound, parse, Refusal } from '../refusal.ts';
import type { Answer, Routes, Visit } from '../router.ts';
import { noCookie, sessionCookie } from '../sessions.ts';
import type { Site } from '../site.ts';
import { isEncrypted } from '../tls/front.ts';
import type { Me, Role, SetupState } from '../wire.ts';

const name = z.string().trim().min(1, 'must not be empty').max(64, 'may have 64 characters at most');
const bearer = z.boolean().default(false);
const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `must have ${SHORTEST_PASSWORD} characters at least`)
  .max(256, 'may have 256 characters at most');
const claimBody = z.object({ token: z.string().trim().max(100), name, password: newPassword, bearer });
const loginBody = z.object({ name, password: z.string().min(1, 'must not be empty').max(256), bearer });
const passwordBody = z.strictObject({ old: z.string().max(256), password: newPassword });

/** Who one is: claim, login, logout, and one's own password. */
export function accountRoutes(site: Site): Routes {
  const { access, config, history } = site;
  const letIn = async (visit: Visit, user: number, me: Me, wantsBearer: boolean): Promise<Answer> => {
    const id = await access.sessions.open(user);
    const isBrowser = visit.req.headers.origin !== undefined;
    if (wantsBearer && !isBrowser) return { json: { ...me, token: id } };
    return { json: me, headers: { 'set-cookie': sessionCookie(id, isEncrypted(visit.req)) } };
  };
  /** Sockets end at once with their sessions. */
  const endSessions = async (user: number, spared: string | null): Promise<void> => {
    for (const hash of await access.sessions.closeAll(user, spared)) site.live().closeSession(hash);
  };
  return {
    'GET /api/v1/setup': async () => {
      const claimed = await access.claims.claimed();
      return { json: { claimed, version: config.version, insecure: config.insecure } satisfies SetupState };
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
      const entered = await letIn(visit, user.id, { name: user.name, role: user.role as Role }, asked.bearer);
      // Changed while it was checked: whoever knows only the old one stays outside.
      const { password } = await history.db.user.findUniqueOrThrow({ where: { id: user.id } });
      if (password !== user.password) {
        await endSessions(user.id, null);
        throw WRONG;
      }
      return entered;
    },
    'POST /api/v1/logout': async ({ visitor, req }) => {
      await readJson(req, 4096);
      if (visitor) {
        await access.sessions.close(visitor.session);
        site.live().closeSession(visitor.session);
      }
      return { json: {}, headers: { 'set-cookie': noCookie(isEncrypted(req)) } };
    },
    'PUT /api/v1/password': async ({ req, visitor }) => {
      const { user: id, name, session } = visitor!; // a viewer's route
      const { old, password } = parse(passwordBody, await readJson(req, 4096));
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
    'DELETE /api/v1/sessions': async ({ req, visitor }) => {
      await endSessions(visitor!.user, null); // a viewer's route
      return { json: {}, headers: { 'set-cookie': noCookie(isEncrypted(req)) } };
    },
    'GET /api/v1/me': ({ visitor }) => ({ json: { name: visitor!.name, role: visitor!.role } satisfies Me }), // a viewer's route
  };
}

const WRONG = new Refusal(401, 'wrong_login', 'name or password is wrong');
/** Not 401: whoever asks is signed in. */
const WRONG_OLD = new Refusal(403, 'wrong_password', 'the present password is not right', {
  old: 'is not right',
});

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
