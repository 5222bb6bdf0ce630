import { createPyramid, type Pyramid, spread } from './pyramid.ts';

/** What one unit did, in order of time. */
export interface Track {
  readonly length: number;
  /** Begin of the switch, where one was paid. */
  readonly beginMs: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly kind: Uint8Array;
  /** Row of the trace. */
  readonly row: Uint32Array;
  add(slice: { beginMs: number; startMs: number; endMs: number; kind: number; row: number }): void;
  /** Before this moment only `read` knows what was done. */
  readonly keptFromMs: number;
  /** First and one past the last slice that touches the window. */
  within(fromMs: number, toMs: number): readonly [number, number];
  /** The slice at a moment, -1 for none. */
  at(ms: number): number;
  /** Lets go of what is before that row of the trace; what stays is renumbered. How busy the unit was is still known. */
  forget(beforeRow: number): void;
  /** Busy shares per class, as Pyramid.read. */
  read(fromMs: number, stepMs: number, count: number, into: Float32Array): void;
}

/** `switchKind`: class that switching is drawn as. */
export function createTrack(classes: number, switchKind: number): Track {
  const pyramid: Pyramid = createPyramid(classes);
  let room = 512;
  let length = 0;
  let beginMs = new Float64Array(room);
  let startMs = new Float64Array(room);
  let endMs = new Float64Array(room);
  let kind = new Uint8Array(room);
  let row = new Uint32Array(room);
  const grow = () => {
    room *= 2;
    const wider = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    beginMs = wider(new Float64Array(room), beginMs);
    startMs = wider(new Float64Array(room), startMs);
    endMs = wider(new Float64Array(room), endMs);
    kind = wider(new Uint8Array(room), kind);
    row = wider(new Uint32Array(room), row);
  };
  /** Before this moment there may be no slices any more. */
  let keptFromMs = 0;
  const firstEndingAfter = (ms: number) => lowerBound(endMs, length, ms);
  const track: Track = {
    get length() {
      return length;
    },
    get beginMs() {
      return beginMs;
    },
    get startMs() {
      return startMs;
    },
    get endMs() {
      return endMs;
    },
    get kind() {
      return kind;
    },
    get row() {
      return row;
    },
    get keptFromMs() {
      return keptFromMs;
    },
    add(slice) {
      if (length === room) grow();
      // A unit does one thing after another; only a failure may be told late. Then it moves to its place.
      let at = length;
      while (at > 0 && endMs[at - 1]! > slice.endMs) at--;
      for (const column of [beginMs, startMs, endMs, kind, row]) column.copyWithin(at + 1, at, length);
      beginMs[at] = slice.beginMs;
      startMs[at] = slice.startMs;
      endMs[at] = slice.endMs;
      kind[at] = slice.kind;
      row[at] = slice.row;
      length++;
      pyramid.add(switchKind, slice.beginMs, slice.startMs);
      pyramid.add(slice.kind, slice.startMs, slice.endMs);
    },
    within: (fromMs, toMs) => [firstEndingAfter(fromMs), Math.min(length, lowerBound(beginMs, length, toMs))],
    at(ms) {
      const i = firstEndingAfter(ms);
      return i < length && beginMs[i]! <= ms ? i : -1; // i < length
    },
    forget(beforeRow) {
      let kept = 0;
      for (let i = 0; i < length; i++) {
        // i < length, here and below; in order of their end, but not all of one moment have to go
        if (row[i]! < beforeRow) {
          keptFromMs = Math.max(keptFromMs, endMs[i]!);
          continue;
        }
        for (const column of [beginMs, startMs, endMs, kind]) column[kept] = column[i]!;
        row[kept++] = row[i]! - beforeRow;
      }
      length = kept;
    },
    read(fromMs, stepMs, count, into) {
      if (stepMs >= pyramid.finestMs || fromMs < keptFromMs) pyramid.read(fromMs, stepMs, count, into);
      else readSlices(track, classes, switchKind, fromMs, stepMs, count, into);
    },
  };
  return track;
}

/** Closer than the pyramid goes there are few slices; they are summed as they are. */
function readSlices(
  track: Track,
  classes: number,
  switchKind: number,
  fromMs: number,
  stepMs: number,
  count: number,
  into: Float32Array,
): void {
  into.fill(0, 0, count * classes);
  const shares = into.subarray(0, count * classes);
  const [first, end] = track.within(fromMs, fromMs + count * stepMs);
  const put = (kind: number, from: number, to: number) => {
    const begin = Math.max(0, (from - fromMs) / stepMs);
    const close = Math.min(count, (to - fromMs) / stepMs);
    if (close > begin) spread(shares, classes, kind, begin, close);
  };
  for (let i = first; i < end; i++) {
    put(switchKind, track.beginMs[i]!, track.startMs[i]!); // first ≤ i < end ≤ length, here and below
    put(track.kind[i]!, track.startMs[i]!, track.endMs[i]!);
  }
}

/** First of the ascending values that is greater than `limit`. */
function lowerBound(values: Float64Array, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit)
      low = middle + 1; // low ≤ middle < high
    else high = middle;
  }
  return low;
}
