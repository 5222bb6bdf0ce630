import type { Clock } from './clock.ts';

export interface VirtualClock extends Clock {
  /** Lets everything happen, in order of time and, within an instant, in order of asking. Returns the last moment. */
  run(): number;
}

/** A clock that jumps from event to event. What is asked for "after 0" happens when the rest of the instant has happened. */
export function createVirtualClock(): VirtualClock {
  const heap = createHeap();
  // Overwritten from the start in each instant: emptying the list would throw its memory away, twice for every job.
  const soon: (() => void)[] = [];
  let waiting = 0;
  let nowMs = 0;
  const settle = () => {
    for (let at = 0; at < waiting; at++) soon[at]!(); // more may be asked for meanwhile, at the end
    waiting = 0;
  };
  return {
    now: () => nowMs,
    after(delayMs, call) {
      if (delayMs <= 0) soon[waiting++] = call;
      else heap.push(nowMs + delayMs, call);
    },
    run() {
      settle();
      while (heap.size() > 0) {
        nowMs = heap.time();
        while (heap.time() === nowMs) heap.pop()();
        settle();
      }
      return nowMs;
    },
  };
}

interface Heap {
  size(): number;
  /** Infinite when nothing is there. */
  time(): number;
  push(time: number, call: () => void): void;
  pop(): () => void;
}

/** A binary heap by (time, order of asking), as parallel lists that are never shortened. */
function createHeap(): Heap {
  const times: number[] = [];
  const orders: number[] = [];
  const calls: (() => void)[] = [];
  let size = 0;
  let asked = 0;
  const before = (time: number, order: number, at: number) =>
    time < times[at]! || (time === times[at] && order < orders[at]!); // inside
  const put = (at: number, time: number, order: number, call: () => void) => {
    times[at] = time;
    orders[at] = order;
    calls[at] = call;
  };
  const move = (from: number, to: number) => put(to, times[from]!, orders[from]!, calls[from]!); // inside
  /** Finds the event's place on the way up from here. */
  const rise = (from: number, time: number, order: number, call: () => void) => {
    let at = from;
    for (let up = (at - 1) >> 1; at > 0 && before(time, order, up); at = up, up = (at - 1) >> 1) move(up, at);
    put(at, time, order, call);
  };
  /** Finds the event's place on the way down from the top. */
  const sink = (time: number, order: number, call: () => void) => {
    let at = 0;
    for (let down = 1; down < size; down = 2 * at + 1) {
      if (down + 1 < size && before(times[down + 1]!, orders[down + 1]!, down)) down++; // inside
      if (before(time, order, down)) break;
      move(down, at);
      at = down;
    }
    put(at, time, order, call);
  };
  return {
    size: () => size,
    time: () => (size > 0 ? times[0]! : Number.POSITIVE_INFINITY), // there is one
    push: (time, call) => rise(size++, time, asked++, call),
    pop() {
      const call = calls[0]!; // only asked while size > 0
      size--;
      if (size > 0) sink(times[size]!, orders[size]!, calls[size]!); // the last one
      return call;
    },
  };
}
