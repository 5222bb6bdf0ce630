import { decodeTrace, encodeTrace, joinTraces, sliceRows, type TraceColumns } from '../application/trace.ts';

/** A piece of a run's trace as it is sent: the bytes are shared by everybody who is at the same place. */
export interface Frame {
  readonly run: number;
  readonly firstSeq: number;
  readonly rows: number;
  readonly data: Uint8Array<ArrayBuffer>;
}
export interface RowShelf {
  add(frame: Frame): void;
  /** The run that rows came of last. */
  readonly run: number | null;
  /** Sequence number that its next row will have. */
  readonly next: number;
  /** Rows from there on as one frame; `older` when they are no longer here, null when there are none yet. */
  from(run: number, seq: number): Frame | 'older' | null;
}

const MOST_BYTES = 8 * 1024 * 1024;
/** Rows of one frame; whoever is further behind gets several. */
export const FRAME_ROWS = 16_384;

/** The running run's rows in memory. Only what the history has is ever let go. */
export function createRowShelf(keptUpTo: (run: number) => number): RowShelf {
  let frames: Frame[] = [];
  let bytes = 0;
  let joined: Frame | null = null;
  const trim = (): void => {
    while (frames.length > 1 && bytes > MOST_BYTES) {
      const oldest = frames[0]!; // there are two at least
      if (oldest.firstSeq + oldest.rows > keptUpTo(oldest.run)) return;
      bytes -= oldest.data.byteLength;
      frames.shift();
    }
  };
  const end = (): number => {
    const last = frames.at(-1);
    return last ? last.firstSeq + last.rows : 0;
  };
  return {
    add(frame) {
      if (frames[0] && frames[0].run !== frame.run) {
        frames = [];
        bytes = 0;
      }
      frames.push(frame);
      bytes += frame.data.byteLength;
      trim();
    },
    get run() {
      return frames[0]?.run ?? null;
    },
    get next() {
      return end();
    },
    from(run, seq) {
      const [oldest] = frames;
      if (!oldest || oldest.run !== run || seq < oldest.firstSeq) return 'older';
      if (seq >= end()) return null;
      const part = frames.slice(indexOf(frames, seq));
      if (part.length === 1 && part[0]?.firstSeq === seq) return part[0];
      if (joined?.run === run && joined.firstSeq === seq && joined.firstSeq + joined.rows === end()) return joined;
      joined = join(run, part, seq);
      return joined;
    },
  };
}

/** Of the last frame that begins at or before the number. */
function indexOf(frames: readonly Frame[], seq: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (frames[middle]!.firstSeq <= seq)
      low = middle; // low ≤ middle ≤ high
    else high = middle - 1;
  }
  return low;
}

function join(run: number, frames: readonly Frame[], seq: number): Frame {
  const parts: TraceColumns[] = [];
  let rows = 0;
  for (const frame of frames) {
    if (rows >= FRAME_ROWS) break;
    parts.push(decodeTrace(frame.data));
    rows += frame.rows;
  }
  return frameOf(run, joinTraces(parts), seq);
}

/** The rows from a sequence number on, encoded. */
export function frameOf(run: number, trace: TraceColumns, seq: number): Frame {
  const skip = Math.max(0, seq - trace.firstSeq);
  const rest = sliceRows(trace, skip, trace.rows);
  return { run, firstSeq: rest.firstSeq, rows: rest.rows, data: encodeTrace(rest) };
}
