import { io, type Socket } from 'socket.io-client';
import type { LiveRows } from '../../server/panel/wire.ts';

// So many browsers' sockets in one process: each watches whatever runs, and acknowledges what it is sent.

let sockets: Socket[] = [];
let states = 0;
let rows = 0;

process.on('message', async (asked: { url: string; cookie: string; count: number } | { close: true }) => {
  if ('close' in asked) return void process.send?.({ states, rows });
  sockets = Array.from({ length: asked.count }, () => connect(asked.url, asked.cookie));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('hello', resolve))));
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));

function connect(url: string, cookie: string): Socket {
  const socket = io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin: url } });
  socket.on('state', (_: unknown, ack: () => void) => {
    states++;
    ack();
  });
  socket.on('rows', (frame: LiveRows, ack: () => void) => {
    rows += frame.rows;
    ack();
  });
  socket.on('connect', () => socket.emit('watch', { run: null, fromSeq: 0 }, () => {}));
  return socket;
}
