import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Conductor } from '../application/conductor.ts';
import type { TraceColumns } from '../application/trace.ts';
import type { Access } from './access.ts';
import type { Announcer } from './announcer.ts';
import { encodeFrame } from './frame.ts';
import { SAFE_HEADERS } from './headers.ts';
import { tellAfterMs } from './pace.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { Refusal } from './refusal.ts';
import { createRowShelf, type RowShelf } from './row-shelf.ts';
import { type SocketEvents, wireEvents } from './socket-events.ts';
import type { Visitor } from './visitor.ts';
import type { BrowserToServer, LiveState, ServerToBrowser } from './wire.ts';

interface Data {
  visitor: Visitor;
  pacer: Pacer;
}
export type Client = Socket<BrowserToServer, ServerToBrowser, Record<string, never>, Data>;
/** Those who came in by one session or token or from one address, all of one person's, or all who did not log in. */
export type Room = `${Visitor['by']} ${string}` | `user ${number}` | 'guests';
export interface LiveDoor {
  /** What they came in by has ended: they are out. */
  sendAway(room: Room): void;
  readonly clients: number;
  close(): Promise<void>;
}
export interface SocketParts {
  readonly http: HttpServer;
  readonly access: Access;
  readonly conductor: Pick<Conductor, 'live' | 'on'>;
  readonly announcer: Announcer;
  readonly events: SocketEvents;
  readonly keptUpTo: (run: number) => number;
  readonly older: (run: number, fromSeq: number) => AsyncIterable<TraceColumns>;
  readonly version: string;
  readonly say: (sentence: string) => void;
}

/** Where nothing changes a browser still hears this often that it is so: what is silent for longer is gone. */
const BEAT_MS = 1000;
const SWEEP_MS = 900;
const MOST_CLIENTS = 500;
/** Of one person's tabs and programs, of guests at one address, and of all guests. */
const MOST_EACH = 32;
const MOST_AT_ONE_ADDRESS = 16;
const MOST_GUESTS = 200;
/** A browser that has stopped reading is let go: events must not pile up for it. */
const MOST_WAITING = 1000;

/** The live door: nobody is connected before the guard has let them in. */
export function openLiveDoor(parts: SocketParts): LiveDoor {
  const io = new Server<BrowserToServer, ServerToBrowser, Record<string, never>, Data>(parts.http, {
    serveClient: false,
    maxHttpBufferSize: 100_000,
    connectTimeout: 5000,
    destroyUpgrade: false, // done at once by the HTTP door
    allowRequest: (req, answer) => answer(null, isWelcome(parts, req, io.engine.clientsCount)),
  });
  io.engine.on('headers', (headers: Record<string, string>) => void Object.assign(headers, SAFE_HEADERS));
  const crowd = (room: Room): number => io.sockets.adapter.rooms.get(room)?.size ?? 0;
  io.use((client, next) => void admit(parts, client, crowd, next));
  const shelf = createRowShelf(parts.keptUpTo);
  const states = createStates(parts.conductor);
  io.on('connection', (client) => welcome(parts, client, shelf, encodeFrame(states())));

  const eachClient = (visit: (client: Client) => void): void => {
    for (const client of io.sockets.sockets.values()) visit(client);
  };
  let due: NodeJS.Timeout | null = null;
  const tell = (): void => {
    due = null;
    beat.refresh();
    if (io.sockets.sockets.size === 0) return;
    const frame = encodeFrame(states());
    eachClient((client) => client.data.pacer.state(frame));
  };
  let rowsDue: NodeJS.Timeout | null = null;
  const tellRows = (): void => {
    rowsDue = null;
    eachClient((client) => client.data.pacer.rows());
  };
  const beat = setInterval(tell, BEAT_MS);
  beat.unref();
  const leave = parts.conductor.on((change) => {
    const afterMs = tellAfterMs(io.sockets.sockets.size);
    if (change.type !== 'rows') due ??= setTimeout(tell, afterMs);
    else {
      shelf.add(change);
      if (afterMs === tellAfterMs(1))
        tellRows(); // the engine says them at that pace already
      else rowsDue ??= setTimeout(tellRows, afterMs);
    }
  });
  parts.announcer.on((event) => {
    eachClient(dropIfStuck);
    io.emit('event', event);
  });
  const sweep = setInterval(() => void sweepSessions(parts, io), SWEEP_MS);
  sweep.unref();
  return {
    sendAway: (room) => io.in(room).disconnectSockets(true),
    get clients() {
      return io.sockets.sockets.size;
    },
    async close() {
      leave();
      clearInterval(sweep);
      clearInterval(beat);
      if (due) clearTimeout(due);
      if (rowsDue) clearTimeout(rowsDue);
      await io.close();
    },
  };
}

/** Browsers send an Origin with every WebSocket; whoever sends none has to be a program with a token. */
function isWelcome({ access }: SocketParts, req: IncomingMessage, clients: number): boolean {
  try {
    access.checkSource(req);
  } catch {
    return false;
  }
  const hasOrigin = req.headers.origin !== undefined || req.headers.authorization !== undefined;
  return hasOrigin && clients < MOST_CLIENTS;
}

async function admit(
  { access, say }: SocketParts,
  client: Client,
  crowd: (room: Room) => number,
  next: (error?: Error) => void,
): Promise<void> {
  try {
    const visitor = await access.visitor(client.request);
    await access.checkRight('viewer', visitor, client.request);
    if (!visitor) return next(new Error('log in first'));
    client.data.visitor = visitor;
    checkCrowd(visitor, crowd);
    await client.join(roomsOf(visitor)); // counted from here on; it leaves them also when it never gets in
    next();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) say(`a socket could not be let in: ${(error as Error).message}`);
    next(Object.assign(new Error((error as Error).message), { data: { code: (error as { code?: string }).code } }));
  }
}

function welcome(parts: SocketParts, client: Client, shelf: RowShelf, state: Uint8Array): void {
  client.data.pacer = createPacer({
    shelf,
    older: parts.older,
    sendState: (sent, acked) => void client.emit('state', sent, acked),
    sendRows: ({ run, firstSeq, rows, data }, acked) => void client.emit('rows', { run, firstSeq, rows, data }, acked),
    say: parts.say,
  });
  wireEvents(client, parts.access, parts.events, parts.say);
  client.emit('hello', { version: parts.version, seq: parts.announcer.seq });
  client.data.pacer.state(state);
}

const roomsOf = ({ by, pass, user }: Visitor): Room[] => [`${by} ${pass}`, user === null ? 'guests' : `user ${user}`];

function checkCrowd({ user, by, pass }: Visitor, crowd: (room: Room) => number): void {
  if (user !== null && crowd(`user ${user}`) >= MOST_EACH) throw tooMany(`you have ${MOST_EACH} live connections open`);
  if (user !== null) return;
  if (crowd(`${by} ${pass}`) >= MOST_AT_ONE_ADDRESS)
    throw tooMany(`${MOST_AT_ONE_ADDRESS} live connections are open from your address`);
  if (crowd('guests') >= MOST_GUESTS) throw tooMany(`${MOST_GUESTS} guests watch`);
}
const tooMany = (what: string): Refusal =>
  new Refusal(429, 'too_many_sockets', `${what} already; one must be closed before another`);

function createStates(conductor: SocketParts['conductor']): () => LiveState {
  let seq = 0;
  return () => ({ seq: ++seq, boardMs: performance.now(), ...conductor.live() });
}

function dropIfStuck(client: Client): void {
  const { writeBuffer } = client.conn as unknown as { writeBuffer?: readonly unknown[] };
  if ((writeBuffer?.length ?? 0) > MOST_WAITING) client.disconnect(true);
}

/** Sessions and tokens also end by time, or by another process: their sockets follow within a second. */
async function sweepSessions({ access, say }: SocketParts, io: Server): Promise<void> {
  const clients = [...io.sockets.sockets.values()] as unknown as Client[];
  if (clients.length === 0) return;
  try {
    const gone = await access.gone(clients.map((client) => client.data.visitor));
    for (const client of clients) if (gone.has(client.data.visitor)) client.disconnect(true);
  } catch (error) {
    say(`sessions and tokens could not be looked up: ${(error as Error).message}`);
  }
}
