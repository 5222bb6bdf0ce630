import { io, type Socket } from 'socket.io-client';
import type { Role, TokenAdded, UserAdded } from '../../server/panel/wire.ts';
import { quantile } from '../../server/scheduling/quantile.ts';
import { HOLDERS, isBreach, isWrong, type Tried, tryDoors, type Who } from '../../server/test/access-doors.ts';
import {
  HOSTILE_WAYS,
  type HostileWay,
  hostileForms,
  isRefused,
  statusOfForm,
} from '../../server/test/hostile-forms.ts';
import { claim, OWNER, type Person, personAt, startProduct, temporaryFolder } from '../../server/test/product.ts';
import { guessing } from './access-guessing.ts';

const PASSWORD = 'of nobody in particular';

/**
 * Whether the one guard lets in whom the table says, and nobody else: every door and event tried by everybody who could stand
 * before it, every false host and origin by every way, how long a right outlives its end at a live socket,
 * and what guessing comes to.
 */
export async function benchAccess({ rounds }: { rounds: number }) {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  try {
    const { url, port } = product.ready;
    const owner = await claim(product);
    return {
      matrix: await matrix(url, owner),
      hostile: await hostile(port, owner),
      revocationMs: await revocation(url, owner, rounds),
      guessing: await guessing(product, OWNER.name, OWNER.password),
    };
  } finally {
    await product.stop();
    folder.remove();
  }
}

async function matrix(url: string, owner: Person) {
  const tokens = new Map<string, string>();
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    const person = await newPerson(url, owner, role, role);
    tokens.set(role, (await person.post<TokenAdded>('/tokens', { name: 'matrix', role })).token);
  }
  const passOf = async (who: Who): Promise<string | null> => {
    if (who === 'nobody' || who === 'guest') return null;
    const token = tokens.get(who.replace('token of ', ''));
    return who.startsWith('token of ') ? (token ?? null) : sessionOf(await logIn(url, who));
  };
  const tried: Tried[] = [];
  for (const who of ['nobody', ...HOLDERS] as const) tried.push(...(await tryDoors(url, who, passOf)));
  await openWatching(owner, true);
  tried.push(...(await tryDoors(url, 'guest', passOf)));
  await openWatching(owner, false);
  const who = new Set(tried.map((each) => each.who)).size;
  return {
    ...{ doors: tried.length / who, who, tried: tried.length, mayNot: tried.filter(({ may }) => !may).length },
    ...{ unauthorised2xx: tried.filter(isBreach).length, notAsTheTableSays: tried.filter(isWrong) },
  };
}

async function hostile(port: number, owner: Person) {
  const forms = hostileForms(port);
  const ways = Object.keys(HOSTILE_WAYS) as HostileWay[];
  const accepted: string[] = [];
  for (const way of ways)
    for (const form of forms)
      if (!isRefused(await statusOfForm(port, form, way, owner.cookie()))) accepted.push(`${way}: ${form.name}`);
  return { forms: forms.length, ways, tried: forms.length * ways.length, accepted };
}

/**
 * Milliseconds to the end of the socket: since the request that ends the right, which may first have to hash a password or two; and
 * since that was answered, as a rule none.
 */
async function revocation(url: string, owner: Person, rounds: number) {
  const all: Ended[] = [];
  const sinceAsked: Record<string, { p50: number; max: number }> = {};
  for (const [kind, end] of Object.entries(ENDS)) {
    const ended: Ended[] = [];
    for (let round = 0; round < rounds; round++) ended.push(await end(url, owner, `${kind} ${round}`));
    all.push(...ended);
    sinceAsked[kind] = spread(ended.map((each) => each.sinceAskedMs));
  }
  const sinceAnswered = spread(all.map((each) => each.sinceAnsweredMs));
  return { ...spread(all.map((each) => each.sinceAskedMs)), samples: all.length, sinceAnswered, sinceAsked };
}

interface Ended {
  readonly sinceAskedMs: number;
  readonly sinceAnsweredMs: number;
}
type End = (url: string, owner: Person, name: string) => Promise<Ended>;

/** Somebody's right ends while they are live. */
const byPerson =
  (end: (person: Person, owner: Person, id: number) => Promise<Response>): End =>
  async (url, owner, name) => {
    const { id } = await owner.post<UserAdded>('/users', { name, role: 'operator', password: PASSWORD });
    const [person, live] = [await logIn(url, name), await logIn(url, name)];
    const socket = await opened(url, { cookie: live.cookie() });
    return timed(socket, () => end(person, owner, id));
  };

const ENDS: Record<string, End> = {
  logout: async (url, owner, name) => {
    const person = await newPerson(url, owner, name, 'viewer');
    return timed(await opened(url, { cookie: person.cookie() }), () => person.ask('POST', '/logout', {}));
  },
  'logout everywhere': byPerson((person) => person.ask('DELETE', '/sessions')),
  'own new password': byPerson((person) =>
    person.ask('PUT', '/password', { old: PASSWORD, password: `${PASSWORD} 2` }),
  ),
  'another role': byPerson((_, owner, id) => owner.ask('PUT', `/users/${id}/role`, { role: 'viewer' })),
  'password by an admin': byPerson((_, owner, id) => owner.ask('PUT', `/users/${id}/password`, { password: null })),
  deletion: byPerson((_, owner, id) => owner.ask('DELETE', `/users/${id}`)),
  'token deleted': async (url, owner, name) => {
    const { id, token } = await owner.post<TokenAdded>('/tokens', { name, role: 'viewer' });
    const socket = await opened(url, { authorization: `Bearer ${token}` });
    return timed(socket, () => owner.ask('DELETE', `/tokens/${id}`));
  },
  'watching closed': async (url, owner) => {
    await openWatching(owner, true);
    return timed(await opened(url, {}), () => openWatching(owner, false));
  },
};

const openWatching = (owner: Person, openWatching: boolean): Promise<Response> =>
  owner.ask('PUT', '/access', { openWatching });

async function newPerson(url: string, owner: Person, name: string, role: Role): Promise<Person> {
  await owner.post('/users', { name, role, password: PASSWORD });
  return logIn(url, name);
}
async function logIn(url: string, name: string): Promise<Person> {
  const person = personAt(url);
  await person.post('/login', { name, password: PASSWORD });
  return person;
}
const sessionOf = (person: Person): string => person.cookie().split('=')[1] ?? '';

function opened(url: string, headers: Record<string, string>): Promise<Socket> {
  const extraHeaders = { origin: url, ...headers };
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', reject);
  });
}

async function timed(socket: Socket, end: () => Promise<Response>): Promise<Ended> {
  const askedMs = performance.now();
  const over = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now())));
  const response = await end();
  const answeredMs = performance.now();
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const overMs = await over;
  return { sinceAskedMs: overMs - askedMs, sinceAnsweredMs: Math.max(0, overMs - answeredMs) };
}

function spread(values: readonly number[]) {
  const ascending = Float64Array.from(values).sort();
  return { p50: round(quantile(ascending, 0.5)), max: round(quantile(ascending, 1)) };
}
const round = (value: number): number => Number(value.toFixed(1));
