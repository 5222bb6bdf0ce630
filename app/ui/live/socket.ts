import type { Socket } from 'socket.io-client';
import { decodeFrame } from '../../../server/panel/frame.ts';
import type {
  BoardState,
  BrowserToServer,
  LiveEvent,
  LiveRows,
  LiveState,
  Me,
  ServerToBrowser,
} from '../../../server/panel/wire.ts';
import { api } from '../api.ts';
import { afterPaint } from './after-paint.ts';
import { createHearing } from './hearing.ts';
import { eventPulse, statePulse } from './pulse.ts';
import { putExperiment, putRun, useLive } from './store.ts';

// One socket per tab. Frames are acknowledged when they have been shown, so a slow or hidden tab gets fewer of them.

/** React shows numbers this often. */
const SHOW_EVERY_MS = 250;

let socket: Socket<ServerToBrowser, BrowserToServer> | null = null;
let lastEvent: number | null = null;
let shownAtMs = 0;
/** The newest, until it is shown. */
let waiting: LiveState | null = null;
let showing: ReturnType<typeof setTimeout> | null = null;

const hearing = createHearing();
const LISTEN_EVERY_MS = 500;

export interface Watcher {
  /** The rows that are wanted next: of that run, from that sequence number on; null: of whatever runs, from now on. */
  wants(): { readonly run: number | null; readonly fromSeq: number };
  /** False: there was a gap, ask again for what it wants. */
  take(rows: LiveRows): boolean;
}
let watcher: Watcher | null = null;

/** Follows a run's rows until the function that it gives back is called. The last who asks is served. */
export function watchRun(asked: Watcher): () => void {
  watcher = asked;
  askForRows();
  return () => {
    if (watcher !== asked) return;
    watcher = null;
    if (socket?.connected) socket.emit('unwatch', {}, () => {});
  };
}

function askForRows(): void {
  if (!watcher || !socket?.connected) return;
  socket.emit('watch', watcher.wants(), () => {});
}

/** Fetched beside the page's first questions: what is drawn before the connection is there needs none of it. */
let library: Promise<typeof import('socket.io-client')> | null = null;
const RETRY_MS = 2000;
const CROWDED_RETRY_MS = 5000;

export function fetchLibrary(): Promise<typeof import('socket.io-client')> {
  library ??= import('socket.io-client');
  return library;
}

export async function connect(): Promise<void> {
  if (socket) return;
  const found = await fetchLibrary().catch(() => null);
  if (!found) {
    library = null;
    lost();
    setTimeout(() => void connect(), RETRY_MS);
    return;
  }
  if (!socket) open(found);
}

function open({ io }: typeof import('socket.io-client')): void {
  // Not by polling: browsers send such requests without an Origin, and the guard refuses those.
  socket = io({ transports: ['websocket'], reconnectionDelayMax: 5000 });
  socket.on('connect', askForRows);
  socket.io.on('reconnect_attempt', (tries) => useLive.setState({ tries }));
  socket.on('disconnect', (reason) => {
    lost();
    // Sent away: the session has ended, and the door will be shown; or this tab was too slow. The library would give up.
    if (reason === 'io server disconnect') socket?.connect();
  });
  socket.on('connect_error', (error) => {
    lost();
    const code = (error as { data?: { code?: string } }).data?.code;
    if (code === 'too_many_sockets') waitForRoom();
    // The guard's other refusals: asking over HTTP shows the door that belongs to it.
    else if (code) void refresh();
  });
  socket.on('hello', ({ seq }) => {
    const missed = seq !== lastEvent; // the first time: what happened since the page asked for the board
    lastEvent = seq;
    hearing.heard(performance.now());
    const returns = useLive.getState().connection === 'lost';
    if (missed || returns) void refresh();
    if (returns) void askWhoIAm(); // a session that has ended may have left a guest
    useLive.setState({ connection: 'live', tries: 0, crowded: false });
  });
  socket.on('state', (frame, ack) => {
    takeState(decodeFrame(new Uint8Array(frame)) as LiveState);
    afterPaint(ack);
  });
  socket.on('rows', (rows, ack) => {
    hearing.heard(performance.now());
    if (watcher && !watcher.take(rows)) askForRows();
    afterPaint(ack);
  });
  socket.on('event', takeEvent);
  setInterval(listen, LISTEN_EVERY_MS);
  document.addEventListener('visibilitychange', () => hearing.looked(performance.now()));
}

/** Other tabs and programs have all the places that there are. Tried again: one of them may close. */
function waitForRoom(): void {
  useLive.setState({ crowded: true });
  setTimeout(() => socket?.connect(), CROWDED_RETRY_MS);
}

/** A socket whose other end is gone without a word stays open for most of a minute. What it shows must not look live so long. */
function listen(): void {
  if (document.hidden || !socket?.connected) return;
  const judged = hearing.judge(performance.now());
  if (judged !== 'well') lost();
  if (judged === 'deaf') socket.io.engine.close(); // which begins to reconnect
}

function takeState(state: LiveState): void {
  const now = performance.now();
  hearing.heard(now);
  statePulse.say(state);
  const before = useLive.getState();
  const turned = before.state?.run?.run !== state.run?.run || before.connection !== 'live';
  waiting = state;
  if (turned || now - shownAtMs >= SHOW_EVERY_MS) return showState();
  showing ??= setTimeout(showState, SHOW_EVERY_MS - (now - shownAtMs)); // it may be the last for a long time
}

function showState(): void {
  if (showing) clearTimeout(showing);
  showing = null;
  if (!waiting) return;
  shownAtMs = performance.now();
  useLive.setState({ state: waiting, connection: 'live' });
  waiting = null;
}

function takeEvent(event: LiveEvent): void {
  const missed = lastEvent !== null && event.seq > lastEvent + 1;
  lastEvent = event.seq;
  if (missed || event.type === 'boards' || event.type === 'runs') void refresh();
  if (refreshes.pending > 0) refreshes.meanwhile.push(event);
  putEvent(event);
  eventPulse.say(event);
}

function putEvent(event: LiveEvent): void {
  if (event.type === 'experiment') putExperiment(event.experiment);
  if (event.type === 'run') putRun(event.run);
  if (event.type === 'profile') putProfile(event.profile);
  if (event.type === 'measure') putMeasurement(event);
  if (event.type === 'storage') putStorage(event.storage);
}

function putProfile(profile: BoardState['profiles'][number]): void {
  useLive.setState(({ board }) => {
    if (!board) return {};
    const others = board.profiles.filter((other) => other.unit !== profile.unit || other.model !== profile.model);
    return { board: { ...board, profiles: [...others, profile] } };
  });
}

function putMeasurement({ state, switchCosts, coRuns }: Extract<LiveEvent, { type: 'measure' }>): void {
  useLive.setState(({ board }) => (board ? { board: { ...board, measuring: state, switchCosts, coRuns } } : {}));
}

function putStorage(storage: BoardState['storage']): void {
  useLive.setState(({ board }) => (board ? { board: { ...board, storage } } : {}));
}

function lost(): void {
  waiting = null;
  if (useLive.getState().connection === 'lost') return;
  useLive.setState({ connection: 'lost', lostAtMs: hearing.heardAtMs ?? performance.now() });
}

/** Whether the board knows. If not, the door has been shown, or the board does not answer and the light says so. */
export async function askWhoIAm(): Promise<boolean> {
  try {
    useLive.setState({ me: await api.get<Me>('/me') });
    return true;
  } catch {
    return false;
  }
}

const refreshes = { asked: 0, shown: 0, pending: 0, meanwhile: [] as LiveEvent[] };

/** Everything whole, from the board itself. An answer that a later one has overtaken, or an event, does not turn time back. */
export async function refresh(): Promise<void> {
  const mine = ++refreshes.asked;
  refreshes.pending++;
  try {
    const board = await api.get<BoardState>('/board');
    if (mine < refreshes.shown) return;
    refreshes.shown = mine;
    useLive.setState({ board });
    for (const event of refreshes.meanwhile) putEvent(event);
  } catch {
    // the connection light says so already; the next connection asks again
  } finally {
    if (--refreshes.pending === 0) refreshes.meanwhile = [];
  }
}
