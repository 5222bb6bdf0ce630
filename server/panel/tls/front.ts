import type { Server as HttpServer, IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { peerOf } from '../peer.ts';
import type { Pair } from './authority.ts';

// One port for both: what a connection says first tells whether it is TLS. Plain HTTP is for this machine alone; others are
// led to HTTPS by a server that knows nothing but the way.

export interface FrontParts {
  /** Who answers, whatever way the question came. */
  readonly http: HttpServer;
  /** Who answers plain questions from elsewhere. */
  readonly elsewhere: HttpServer;
  readonly leaf: Pair;
  /** Of encrypted connections; the two servers have their own. */
  readonly limits: ServerOptions;
  /** Whether the peer is this machine itself. */
  readonly isLocal: (address: string) => boolean;
}
export interface Front {
  readonly server: Server;
  /** From now on for whoever comes. */
  show(leaf: Pair): void;
  /** No new connections; those that wait for nothing are ended. `http` is its owner's to close. */
  stopListening(): void;
  /** Ends those that are left. */
  close(): void;
}

/** The first byte of a TLS handshake. */
const HANDSHAKE = 0x16;
/** Whoever connects and says nothing holds a place that others may want. */
const SILENT_MS = 10_000;

export function createFront({ http, elsewhere, leaf, limits, isLocal }: FrontParts): Front {
  const https: HttpsServer = createHttps({ ...leaf, ...limits, minVersion: 'TLSv1.2', handshakeTimeout: SILENT_MS });
  https.maxRequestsPerSocket = http.maxRequestsPerSocket;
  https.on('request', (req: IncomingMessage, res: ServerResponse) => http.emit('request', req, res));
  https.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => http.emit('upgrade', req, socket, head));
  // Whoever listens ends it; without anybody it would stay open.
  https.on(
    'clientError',
    (error: Error, socket: Duplex) => http.emit('clientError', error, socket) || socket.destroy(),
  );
  https.on('tlsClientError', (_: Error, socket: Duplex) => void socket.destroy());
  // They never listen themselves: only then do they begin to watch how long their connections take.
  for (const behind of [http, https, elsewhere]) behind.emit('listening');
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    const silent = setTimeout(() => socket.destroy(), SILENT_MS);
    socket.once('close', () => {
      open.delete(socket);
      clearTimeout(silent);
    });
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      clearTimeout(silent);
      socket.pause();
      socket.unshift(first);
      const local = isLocal(peerOf(socket));
      const taker = first[0] === HANDSHAKE ? https : local ? http : elsewhere;
      taker.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  return {
    server,
    show: (fresh) => https.setSecureContext({ ...fresh, minVersion: 'TLSv1.2' }),
    stopListening() {
      server.close();
      https.close();
      elsewhere.close();
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

/** Whether the question came encrypted. */
export const isEncrypted = (req: IncomingMessage): boolean => 'encrypted' in req.socket;
