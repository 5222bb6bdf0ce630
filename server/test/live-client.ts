import { io, type Socket } from 'socket.io-client';
import { createHearing } from '../../app/ui/live/hearing.ts';
import { decodeTrace, joinTraces, type TraceColumns } from '../application/trace.ts';
import { decodeFrame } from '../panel/frame.ts';
import type { LiveRows, LiveState } from '../panel/wire.ts';

/** What a browser tab knows, without a browser: the newest state, and the rows of one run without a gap or a repeat. */
export interface LiveClient {
  readonly state: () => LiveState | null;
  readonly rows: () => number;
  readonly trace: () => TraceColumns;
  /** Rows that came twice or with a gap before them, as the server sent them on one connection. */
  readonly mistakes: () => readonly string[];
  readonly connects: () => number;
  close(): void;
}

const LISTEN_EVERY_MS = 250;

/** Follows the run through whatever lies between; like the panel, it does not wait long for a board that has fallen silent. */
export function followRun(url: string, cookie: string, run: number): LiveClient {
  const socket: Socket = io(url, {
    ...{ transports: ['websocket'], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 200 },
    extraHeaders: { cookie, origin: url },
  });
  const parts: TraceColumns[] = [];
  const mistakes: string[] = [];
  const hearing = createHearing();
  let [have, connects] = [0, 0];
  let state: LiveState | null = null;
  const watch = () => socket.emit('watch', { run, fromSeq: have }, () => {});
  socket.on('connect', () => {
    connects++;
    hearing.heard(performance.now());
    watch();
  });
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && socket.connect());
  socket.on('state', (frame: Uint8Array, ack: () => void) => {
    hearing.heard(performance.now());
    state = decodeFrame(new Uint8Array(frame)) as LiveState;
    ack();
  });
  socket.on('rows', ({ run: of, firstSeq, rows, data }: LiveRows, ack: () => void) => {
    hearing.heard(performance.now());
    if (of !== run || firstSeq !== have) mistakes.push(`run ${of} from ${firstSeq}, not ${run} from ${have}`);
    else {
      parts.push(decodeTrace(new Uint8Array(data)));
      have += rows;
    }
    ack();
  });
  const listen = setInterval(() => {
    if (socket.connected && hearing.judge(performance.now()) === 'deaf') socket.io.engine.close();
  }, LISTEN_EVERY_MS);
  return {
    state: () => state,
    rows: () => have,
    trace: () => joinTraces(parts),
    mistakes: () => mistakes,
    connects: () => connects,
    close() {
      clearInterval(listen);
      socket.close();
    },
  };
}
