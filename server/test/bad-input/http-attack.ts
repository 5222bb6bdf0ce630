import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import fc from 'fast-check';
import { OWNER, type Person, type Product, personAt } from '../product.ts';
import type { HttpDoor } from './doors.ts';
import { type Body, hostileFile, hostileJson, hostileText } from './hostile.ts';
import { leakIn } from './leak.ts';

/** A request, of which one thing is wrong. */
export interface Case {
  readonly door: string;
  /** Path and query, as they are sent. */
  readonly target: string;
  readonly body: Body | null;
}
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly ms: number;
}
export interface Attacker {
  ask(one: Case): Promise<Answered>;
  /** Takes back what a request that was right after all has made. */
  tidy(one: Case, answered: Answered): Promise<void>;
  close(): void;
}

/** Requests for the door: its address, its query or its body is hostile. */
export function casesOf(entry: HttpDoor): fc.Arbitrary<Case> {
  const { door, params = {}, query = {}, json, file } = entry;
  const right = bodyOf(entry);
  const sentTo = (target: fc.Arbitrary<string>) => target.map((each): Case => ({ door, target: each, body: right }));
  const addresses = [
    ...(Object.keys(params).length > 0 ? [hostileParams(door, params, query), rawParams(door)] : []),
    ...(Object.keys(query).length > 0 ? [hostileQuery(door, params, query)] : []),
    unknownQuery(targetOf(door, params, query)),
  ].map(sentTo);
  const bodies = json !== undefined ? hostileJson(json) : file ? hostileFile(file) : null;
  if (!bodies) return fc.oneof(...addresses);
  const attacked = bodies.map((body): Case => ({ door, target: targetOf(door, params, query), body }));
  return fc.oneof({ weight: 4, arbitrary: attacked }, { weight: 1, arbitrary: fc.oneof(...addresses) });
}

type Values = Readonly<Record<string, string>>;

const hostileParams = (door: string, params: Values, query: Values): fc.Arbitrary<string> =>
  oneHostile(params).map((values) => targetOf(door, values, query));
const hostileQuery = (door: string, params: Values, query: Values): fc.Arbitrary<string> =>
  oneHostile(query).map((values) => targetOf(door, params, values));
const unknownQuery = (target: string): fc.Arbitrary<string> =>
  hostileText.map((text) => `${target}${target.includes('?') ? '&' : '?'}${coded(text)}=1`);
/** As no program would write them. */
const rawParams = (door: string): fc.Arbitrary<string> =>
  fc
    .constantFrom('%', '%zz', '%00', '..%2f..%2fetc%2fpasswd', '%ff%fe', ';', '..')
    .map((text) => pathOf(door).replace(/:(\w+)/g, text));

function bodyOf({ json, file }: HttpDoor): Body | null {
  if (json !== undefined) return { type: 'application/json', bytes: Buffer.from(JSON.stringify(json)) };
  return file ? { type: 'application/octet-stream', bytes: Buffer.from(file) } : null;
}

const oneHostile = (values: Readonly<Record<string, string>>): fc.Arbitrary<Values> =>
  fc.tuple(fc.constantFrom(...Object.keys(values)), hostileText).map(([key, text]) => ({ ...values, [key]: text }));

function targetOf(door: string, params: Values, query: Values): string {
  const path = pathOf(door).replace(/:(\w+)/g, (_, name) => coded(params[name] ?? ''));
  const asked = Object.entries(query).map(([key, value]) => `${coded(key)}=${coded(value)}`);
  return asked.length > 0 ? `${path}?${asked.join('&')}` : path;
}

/** A lone surrogate cannot be sent: what UTF-8 makes of it is. */
const coded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());
const pathOf = (door: string): string => door.split(' ')[1] ?? '';

/** Somebody who is signed in, at a machine of their own (so that guessing passwords slows nobody else down). */
export async function attackerAt(product: Product, endsSession = false): Promise<Attacker> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let person = await signedIn(product);
  return {
    ask: (one) => send(product, agent, person.cookie(), one),
    async tidy({ door }, { status, text }) {
      if (endsSession && status === 200) person = await signedIn(product);
      if (status !== 201) return;
      const { id, sha256 } = JSON.parse(text);
      const path = pathOf(door).slice('/api/v1'.length);
      if (path === '/experiments') await person.ask('POST', `/experiments/${id}/stop`, {});
      else if (!/files$/.test(path) && path !== '/runs/rerun')
        await person.ask('DELETE', `${path}/${encodeURIComponent(id ?? sha256)}`);
    },
    close: () => agent.destroy(),
  };
}

async function signedIn(product: Product): Promise<Person> {
  const person = personAt(product.ready.url);
  await person.post('/login', OWNER);
  return person;
}

function send({ ready }: Product, agent: Agent, cookie: string, { door, target, body }: Case): Promise<Answered> {
  const from = performance.now();
  const guesses = /\/(claim|login)$/.test(door);
  const headers = {
    ...{ origin: new URL(ready.url).origin, cookie },
    ...(body?.type ? { 'content-type': body.type } : {}),
    ...(body ? { 'content-length': body.bytes.length } : {}),
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port: ready.port, method: door.split(' ')[0], path: target, headers },
        ...(guesses ? { localAddress: '127.0.0.2', agent: false } : { agent }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, ms: performance.now() - from }),
        );
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body?.bytes);
  });
}

/** What is wrong with an answer, in words; null: nothing. */
export function faultIn({ status, headers, text }: Answered, product: Product, dataDir: string): string | null {
  if (status >= 500 && !isWait(status, headers)) return `${status}: ${text}`;
  if (status < 400) return null;
  const leak = leakIn(text, product, dataDir);
  if (leak) return leak;
  const said = readError(text);
  if (!said) return `${status} without {error, code}: ${text.slice(0, 200)}`;
  if (!/^\S[^\n\r]{3,700}$/u.test(said.error)) return `not one sentence: ${JSON.stringify(said.error).slice(0, 900)}`;
  return /^[a-z_]{3,30}$/.test(said.code) ? null : `not a code: ${said.code}`;
}

/** Busy, and says when to come again: the board is well. */
const isWait = (status: number, headers: IncomingHttpHeaders): boolean =>
  status === 503 && headers['retry-after'] !== undefined;

function readError(text: string): { error: string; code: string } | null {
  try {
    const { error, code } = JSON.parse(text);
    return typeof error === 'string' && typeof code === 'string' ? { error, code } : null;
  } catch {
    return null;
  }
}
