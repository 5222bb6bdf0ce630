import type { TraceColumns } from '../application/trace.ts';
import { type Frame, frameOf, type RowShelf } from './row-shelf.ts';
import type { LiveRows } from './wire.ts';

/** What a browser is sent at its own pace: the next only after it has acknowledged the last. */
export interface Pacer {
  /** The newest state, as a frame; whoever is behind gets this one and none of those between. */
  state(frame: Uint8Array): void;
  /** Rows have come. */
  rows(): void;
  /** `null`: whatever runs now, from now on. */
  watch(run: number | null, fromSeq: number): void;
  unwatch(): void;
}

export interface PacerParts {
  readonly shelf: RowShelf;
  /** The history's rows from there on, a chunk at a time. */
  readonly older: (run: number, fromSeq: number) => AsyncIterable<TraceColumns>;
  readonly sendState: (frame: Uint8Array, acked: () => void) => void;
  readonly sendRows: (rows: LiveRows, acked: () => void) => void;
  readonly say: (sentence: string) => void;
}

interface Watch {
  /** Follows on to the next run. */
  readonly follows: boolean;
  run: number | null;
  next: number;
  /** The history has no more of a run that is not running: there is nothing to look for until it runs. */
  exhausted: boolean;
}

export function createPacer(parts: PacerParts): Pacer {
  const { shelf } = parts;
  let newest: Uint8Array | null = null;
  let stateBusy = false;
  let rowsBusy = false;
  let cameMeanwhile = false;
  let watch: Watch | null = null;

  const sendState = (): void => {
    if (stateBusy || !newest) return;
    const sent = newest;
    newest = null;
    stateBusy = true;
    parts.sendState(sent, () => {
      stateBusy = false;
      sendState();
    });
  };
  const sendRows = async (): Promise<void> => {
    const current = watch;
    if (rowsBusy || !current) return;
    rowsBusy = true;
    cameMeanwhile = false;
    const frame = await next(current, parts).catch((error: Error) => {
      parts.say(`rows of run ${current.run} could not be read: ${error.message}`);
      return null;
    });
    if (!frame || watch !== current) {
      rowsBusy = false;
      // Rows that came, or another watch that began, while this one was being looked for.
      return cameMeanwhile || watch !== current ? sendRows() : undefined;
    }
    current.next = frame.firstSeq + frame.rows;
    parts.sendRows(frame as LiveRows & Frame, () => {
      rowsBusy = false;
      void sendRows();
    });
  };
  return {
    state(frame) {
      newest = frame;
      sendState();
    },
    rows() {
      if (watch?.exhausted && shelf.run !== watch.run) return; // another run's
      cameMeanwhile = true;
      void sendRows();
    },
    watch(run, fromSeq) {
      watch =
        run === null
          ? { follows: true, run: shelf.run, next: shelf.next, exhausted: false }
          : { follows: false, run, next: fromSeq, exhausted: false };
      void sendRows();
    },
    unwatch() {
      watch = null;
    },
  };
}

async function next(watch: Watch, { shelf, older }: PacerParts): Promise<Frame | null> {
  if (watch.follows && shelf.run !== watch.run) {
    watch.run = shelf.run;
    watch.next = 0;
  }
  if (watch.run === null) return null;
  const found = shelf.from(watch.run, watch.next);
  if (found !== 'older') return found;
  for await (const chunk of older(watch.run, watch.next)) {
    if (chunk.firstSeq + chunk.rows > watch.next) return frameOf(watch.run, chunk, watch.next);
  }
  watch.exhausted = !watch.follows;
  return null;
}
