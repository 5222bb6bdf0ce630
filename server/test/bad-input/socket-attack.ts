import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import type { Person, Product } from '../product.ts';
import { posterRequest } from '../product.ts';
import { hostileValue, type Json, mutated } from './hostile.ts';
import { leakIn } from './leak.ts';

/** What a browser sends, as it is right. */
export const SOCKET_EVENTS: Readonly<Record<string, Json>> = {
  watch: { run: 1, fromSeq: 0 },
  unwatch: {},
  'experiment:launch': posterRequest(1, { models: [{ id: 'mobilenet_v2', jobs: 1 }] }) as unknown as Json,
  'experiment:stop': { experiment: 1 },
};

export type SocketCase =
  /** With an acknowledgement of its own, or with what is none in its place. */
  | { readonly kind: 'event'; readonly event: string; readonly args: readonly Json[]; readonly asks: boolean }
  /** A packet that no library would write. */
  | { readonly kind: 'packet'; readonly text: string }
  /** The next states are acknowledged like this. */
  | { readonly kind: 'acks'; readonly args: readonly Json[]; readonly times: number };

const anyArgs: fc.Arbitrary<readonly Json[]> = fc.array(hostileValue, { maxLength: 4 });

/** One event with nothing, null, a list, too much, a wrong or no acknowledgement. */
const eventCase = fc.constantFrom(...Object.keys(SOCKET_EVENTS), 'connection', 'no-such-event').chain((event) =>
  fc.record({
    kind: fc.constant('event' as const),
    event: fc.constant(event),
    args: fc.oneof(
      { weight: 1, arbitrary: anyArgs },
      { weight: 2, arbitrary: mutated(SOCKET_EVENTS[event] ?? {}).map((one) => [one]) },
      { weight: 1, arbitrary: hostileValue.map((other) => [SOCKET_EVENTS[event] ?? null, other]) },
    ),
    asks: fc.boolean(),
  }),
);

const PACKETS = [
  ...[
    '42',
    '42[',
    '42[]',
    '42["watch"',
    '42["watch",',
    '42[null]',
    '42[{}]',
    '42[1,2]',
    '42{"a":1}',
    '42"watch"',
    '42["disconnect"]',
  ],
  ...[
    '40',
    '40/admin',
    '40{"sid":1}',
    '41/nowhere',
    '44{"message":"no"}',
    '4',
    '5',
    '6',
    '9',
    '43[]',
    '4399999[]',
    '43-1[]',
  ],
  ...[
    '421e9["watch",{}]',
    '4299999999999999999["watch",{}]',
    '42-1["unwatch",{}]',
    '450-["watch",{"_placeholder":true,"num":0}]',
  ],
  ...['451-["watch",{"_placeholder":true,"num":0}]', '4599999999-["watch"]', '45-1-["watch"]', '461-[1]'],
  ...[
    '42["__proto__",{}]',
    '42["constructor",{}]',
    '42["newListener",{}]',
    '42["error",{}]',
    `42["watch",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  ],
  `42["${'x'.repeat(90_000)}"]`,
];

export const socketCase: fc.Arbitrary<SocketCase> = fc.oneof(
  { weight: 6, arbitrary: eventCase },
  { weight: 2, arbitrary: fc.constantFrom(...PACKETS).map((text) => ({ kind: 'packet' as const, text })) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('acks' as const), args: anyArgs, times: fc.constantFrom(0, 1, 2, 5) }),
  },
);

export interface SocketAttacker {
  /** What was wrong with what came back; null: nothing. */
  attack(one: SocketCase): Promise<string | null>;
  /** How often the server closed the connection, as it may. */
  readonly closed: () => number;
  close(): void;
}

export function socketAttackerAt(product: Product, person: Person, dataDir: string): SocketAttacker {
  const { url } = product.ready;
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie: person.cookie(), origin: url },
    reconnectionDelay: 5,
    reconnectionDelayMax: 20,
    forceNew: true,
  });
  let closed = 0;
  let acks: { args: readonly Json[]; times: number } = { args: [], times: 1 };
  socket.on('disconnect', () => closed++);
  socket.on('state', (_: unknown, ack: (...args: readonly Json[]) => void) => {
    for (let n = 0; n < acks.times; n++) ack(...acks.args);
  });
  return {
    async attack(one) {
      await connected(socket);
      if (one.kind === 'acks') acks = one;
      else if (one.kind === 'packet') (socket.io.engine as unknown as { write(text: string): void }).write(one.text);
      else if (!one.asks) socket.emit(one.event, ...one.args);
      else if (Object.hasOwn(SOCKET_EVENTS, one.event)) {
        const reply = await replyTo(socket, one.event, one.args);
        return reply === CLOSED ? null : faultInReply(reply, product, dataDir);
      }
      return stillAnswers(socket);
    },
    closed: () => closed,
    close: () => socket.close(),
  };
}

const CLOSED = Symbol('the server closed the connection');

/** Whoever sends what is no packet is cut off; the next connection is served. */
async function stillAnswers(socket: Socket): Promise<string | null> {
  for (let tries = 0; tries < 3; tries++) {
    await connected(socket);
    const reply = await replyTo(socket, 'unwatch', [{}]);
    if (reply !== CLOSED) return (reply as { ok?: boolean }).ok === true ? null : `unwatch: ${JSON.stringify(reply)}`;
  }
  return 'the connection was closed three times in a row';
}

async function connected(socket: Socket): Promise<void> {
  if (socket.connected) return;
  if (!socket.active) socket.connect(); // a server's own farewell is final for the library
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server lets nobody in any more')), 10_000);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function replyTo(socket: Socket, event: string, args: readonly Json[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no answer to ${event} ${JSON.stringify(args).slice(0, 200)}`)),
      10_000,
    );
    const settle = (reply: unknown) => {
      clearTimeout(timer);
      socket.off('disconnect', gone);
      resolve(reply);
    };
    const gone = () => settle(CLOSED);
    socket.once('disconnect', gone);
    socket.emit(event, ...args, settle);
  });
}

function faultInReply(reply: unknown, product: Product, dataDir: string): string | null {
  const text = JSON.stringify(reply);
  const { ok, error } = reply as { ok?: unknown; error?: unknown };
  if (ok === true) return null;
  if (ok !== false || typeof error !== 'string') return `not a reply: ${text}`;
  if (/^something went wrong inside/.test(error)) return text;
  if (!/^\S[^\n\r]{3,700}$/u.test(error)) return `not one sentence: ${text}`;
  return leakIn(text, product, dataDir);
}
