import { io, type Socket } from 'socket.io-client';
import { type Door, mayPass, PERMISSIONS, type Permission, rightIn } from '../panel/permissions.ts';
import type { Role } from '../panel/wire.ts';

// Every door of the table, tried by everybody who could stand before it.

export type Who = 'nobody' | 'guest' | Role | `token of ${Role}`;
export const ROLES = ['viewer', 'operator', 'admin'] as const satisfies readonly Role[];
/** Those who have something to show. */
export const HOLDERS: readonly Exclude<Who, 'nobody' | 'guest'>[] = [
  ...ROLES,
  ...ROLES.map((role) => `token of ${role}` as const),
];

/** A session's id or a token; null: nothing is shown. Asked for again before each door that ends sessions. */
export type Passes = (who: Who) => Promise<string | null>;

export interface Tried {
  readonly door: Door;
  readonly who: Who;
  /** As the table has it. */
  readonly may: boolean;
  /** Of HTTP; of an event the guard's refusal is 403, its answer 200. */
  readonly status: number;
  readonly code: string;
}

/** What the table says; it is read here by other words than the guard's own. */
export function mayEnter(door: Door, who: Who): boolean {
  const needed: Permission = PERMISSIONS[door];
  if (needed === 'anyone') return true;
  if (who === 'nobody') return false;
  if (needed === 'machine') return who !== 'guest';
  if (who === 'guest') return needed === 'viewer' && /^(GET|socket) /.test(door);
  const isToken = who.startsWith('token of ');
  const { role, inPerson } = rightIn(needed);
  return !(inPerson && isToken) && mayPass(who.replace('token of ', '') as Role, role);
}

/** Let in though the table says no. */
export const isBreach = ({ may, status }: Tried): boolean => !may && status < 300;
/** Not as the table says, either way. */
export const isWrong = ({ may, status, code }: Tried): boolean =>
  may ? status >= 500 || GUARDS.has(code) || code === 'no route' : !GUARDS.has(code);

const GUARDS = new Set(['login_required', 'forbidden', 'in_person', 'guest', 'setup_required']);
const ENDS_SESSIONS: readonly Door[] = ['POST /api/v1/logout', 'DELETE /api/v1/sessions'];

export async function tryDoors(url: string, who: Who, passes: Passes): Promise<Tried[]> {
  const tried: Tried[] = [];
  let pass = await passes(who);
  for (const door of Object.keys(PERMISSIONS) as Door[]) {
    if (door.startsWith('socket ')) continue;
    const { status, code } = await knock(url, door, pass);
    tried.push({ door, who, may: mayEnter(door, who), status, code });
    if (ENDS_SESSIONS.includes(door)) pass = await passes(who);
  }
  return [...tried, ...(await tryEvents(url, who, pass))];
}

async function knock(url: string, door: Door, pass: string | null): Promise<{ status: number; code: string }> {
  const [method = '', path = ''] = door.split(' ');
  const response = await fetch(url + path.replace(/:\w+/g, '999999'), {
    method,
    headers: {
      origin: url,
      ...(pass === null ? {} : { authorization: `Bearer ${pass}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      // As if from beyond this machine, whose own a 'machine' door would be.
      ...(PERMISSIONS[door] === 'machine' ? { 'x-forwarded-for': '192.0.2.1' } : {}),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await response.text();
  const code = response.ok ? '' : ((JSON.parse(text) as { code?: string }).code ?? '');
  return { status: response.status, code: text.includes('there is nothing at') ? 'no route' : code };
}

async function tryEvents(url: string, who: Who, pass: string | null): Promise<Tried[]> {
  const doors = (Object.keys(PERMISSIONS) as Door[]).filter((door) => door.startsWith('socket '));
  const row = (door: Door, error: string | undefined): Tried => {
    const code = error === undefined ? '' : (SENTENCES.find(([sentence]) => sentence.test(error))?.[1] ?? 'its own');
    return { door, who, may: mayEnter(door, who), status: GUARDS.has(code) ? 403 : 200, code };
  };
  const socket = io(url, {
    ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    extraHeaders: { origin: url, ...(pass === null ? {} : { authorization: `Bearer ${pass}` }) },
  });
  try {
    const refused = await opened(socket);
    if (refused !== null) return doors.map((door) => row(door, refused));
    const tried: Tried[] = [];
    for (const door of doors) {
      const reply = await socket.timeout(5000).emitWithAck(door.slice('socket '.length), {});
      tried.push(row(door, reply.ok ? undefined : reply.error));
    }
    return tried;
  } finally {
    socket.close();
  }
}

/** null, or why not. */
const opened = (socket: Socket): Promise<string | null> =>
  new Promise((resolve) => {
    socket.on('connect', () => resolve(null));
    socket.on('connect_error', ({ message }) => resolve(message));
  });

/** An event is answered with a sentence alone. */
const SENTENCES = [
  [/^log in first$/, 'login_required'],
  [/^this needs the role /, 'forbidden'],
  [/without login/, 'guest'],
  [/^a token may not/, 'in_person'],
  [/no owner yet/, 'setup_required'],
] as const;
