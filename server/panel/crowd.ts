import type { Server, Socket } from 'node:net';

/**
 * So many connections at once, and when there are more, the one goes that has been there longest without a whole question: whoever
 * opens a thousand and says nothing takes no place from whoever asks. Where all have asked, the newest goes.
 */
export function limitCrowd(server: Server, most: number): { readonly asked: (socket: Socket) => void } {
  /** In the order in which they came, by their far end: an encrypted connection is another object than the one that carries it. */
  const silent = new Map<string, Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    const key = farEnd(socket);
    open++;
    silent.set(key, socket);
    socket.once('close', () => {
      open--;
      if (silent.get(key) === socket) silent.delete(key);
    });
    if (open <= most) return;
    const [longest, victim] = silent.entries().next().value ?? [key, socket];
    silent.delete(longest);
    victim.destroy();
  });
  return { asked: (socket) => void silent.delete(farEnd(socket)) };
}

const farEnd = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
