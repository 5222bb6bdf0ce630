import type { Clock } from './clock.ts';

export interface VirtualClock extends Clock {
  /** Lets everything happen, in order of time and, within an instant, in order of asking. Returns the last moment. */
  run(): number;
}

/** A clock that jumps from event to event. What is asked for "after 0" happens when the rest of the instant has happened. */
export function createVirtualClock(): VirtualClock {
  const heap = createHeap();
  let soon: (() => void)[] = [];
  let nowMs = 0;
  const settle = () => {
    while (soon.length > 0) {
      const calls = soon;
      soon = [];
      for (const call of calls) call();
    }
  };
  return {
    now: () => nowMs,
    after(delayMs, call) {
      if (delayMs <= 0) soon.push(call);
      else heap.push(nowMs + delayMs, call);
    },
    run() {
      settle();
      while (heap.size() > 0) {
        nowMs = heap.time();
        while (heap.size() > 0 && heap.time() === nowMs) heap.pop()();
        settle();
      }
      return nowMs;
    },
  };
}

interface Heap {
  size(): number;
  time(): number;
  push(time: number, call: () => void): void;
  pop(): () => void;
}

/** A binary heap by (time, order of asking), as parallel arrays. */
function createHeap(): Heap {
  const times: number[] = [];
  const orders: number[] = [];
  const calls: (() => void)[] = [];
  let asked = 0;
  const before = (a: number, b: number) => times[a]! < times[b]! || (times[a] === times[b] && orders[a]! < orders[b]!); // inside
  const swap = (a: number, b: number) => {
    swapIn(times, a, b);
    swapIn(orders, a, b);
    swapIn(calls, a, b);
  };
  const rise = (from: number) => {
    for (let at = from, up = (at - 1) >> 1; at > 0 && before(at, up); at = up, up = (at - 1) >> 1) swap(at, up);
  };
  const sink = (from: number) => {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      if (left >= times.length) return;
      const least = left + 1 < times.length && before(left + 1, left) ? left + 1 : left;
      if (!before(least, at)) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    size: () => times.length,
    time: () => times[0] ?? Number.POSITIVE_INFINITY,
    push(time, call) {
      times.push(time);
      orders.push(asked++);
      calls.push(call);
      rise(times.length - 1);
    },
    pop() {
      const call = calls[0]!; // only asked while size > 0
      swap(0, times.length - 1);
      times.pop();
      orders.pop();
      calls.pop();
      sink(0);
      return call;
    },
  };
}

function swapIn<T>(list: T[], a: number, b: number): void {
  const kept = list[a]!; // the heap swaps places it has
  list[a] = list[b]!; // as above
  list[b] = kept;
}
