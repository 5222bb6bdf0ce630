import { io, type Socket } from 'socket.io-client';
import type { ScratchPanel } from './scratch.ts';

// For tests: live sockets that a test opens, and sees end.

/** Connected, or rejected with the board's words. Without an Origin it is a program's. */
export function openSocket(
  panel: Pick<ScratchPanel, 'url'>,
  headers: Readonly<Record<string, string>>,
  transport: 'websocket' | 'polling' = 'websocket',
): Promise<Socket> {
  const options = { transports: [transport], extraHeaders: { ...headers }, forceNew: true, reconnection: false };
  const socket = io(panel.url, options);
  socket.on('state', (_: Uint8Array, ack: () => void) => ack());
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}

export const browserHeaders = ({ url }: Pick<ScratchPanel, 'url'>, session: string | null): Record<string, string> => ({
  origin: url,
  ...(session === null ? {} : { cookie: `switchyard_session=${session}` }),
});

/** Resolves when it has ended; rejects when it stays open. By default sooner than the sweep of ended sessions would see to it. */
export function ended(socket: Socket, withinMs = 300): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!socket.connected) return resolve();
    const timer = setTimeout(() => reject(new Error('the socket stayed open')), withinMs);
    socket.once('disconnect', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
