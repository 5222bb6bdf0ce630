import { monotonicMs } from '../hardware/monotonic.ts';
import type { Clock } from '../scheduling/clock.ts';

/** 25 days; a timer that is set for longer goes off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The board's own clock. "After 0" is a microtask: the rest of this instant first, but no turn of the event loop later. */
export const liveClock: Clock = {
  now: monotonicMs,
  after(delayMs, call) {
    if (delayMs <= 0) queueMicrotask(call);
    else if (delayMs <= LONGEST_MS) setTimeout(call, delayMs);
    else setTimeout(() => liveClock.after(delayMs - LONGEST_MS, call), LONGEST_MS);
  },
};
