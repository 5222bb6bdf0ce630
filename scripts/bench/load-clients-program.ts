import { io, type Socket } from 'socket.io-client';
import { decodeFrame } from '../../server/panel/frame.ts';
import type { LiveEvent, LiveRows, LiveState } from '../../server/panel/wire.ts';

// So many browsers' sockets in one process. Each watches whatever runs, acknowledges what it is sent, and notes when what came.

interface Heard {
  /** Number of each state, when it was made and when it came; two clocks. */
  readonly states: { readonly seq: number; readonly madeMs: number; readonly cameMs: number }[];
  rows: number;
  events: number;
  gaps: number;
  lastEvent: number | null;
}
let heard: Heard[] = [];

process.on('message', async (asked: { url: string; cookies: string[]; count: number } | { report: true }) => {
  if ('report' in asked) return report();
  const sockets = Array.from({ length: asked.count }, (_, n) =>
    connect(asked.url, asked.cookies[n % asked.cookies.length] ?? ''),
  );
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('hello', resolve))));
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));

function report(): void {
  process.send?.(heard.map(({ states, rows, events, gaps }) => ({ states, rows, events, gaps })));
  for (const each of heard) {
    each.states.length = 0;
    each.rows = 0;
    each.events = 0;
    each.gaps = 0;
  }
}

function connect(url: string, cookie: string): Socket {
  const socket = io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin: url } });
  const own: Heard = { states: [], rows: 0, events: 0, gaps: 0, lastEvent: null };
  heard = [...heard, own];
  socket.on('state', (frame: Uint8Array, ack: () => void) => {
    const { seq, boardMs } = decodeFrame(new Uint8Array(frame)) as LiveState;
    own.states.push({ seq, madeMs: boardMs, cameMs: performance.now() });
    ack();
  });
  socket.on('rows', (frame: LiveRows, ack: () => void) => {
    own.rows += frame.rows;
    ack();
  });
  socket.on('event', ({ seq }: LiveEvent) => {
    own.events++;
    if (own.lastEvent !== null && seq !== own.lastEvent + 1) own.gaps++;
    own.lastEvent = seq;
  });
  socket.on('connect', () => socket.emit('watch', { run: null, fromSeq: 0 }, () => {}));
  return socket;
}
