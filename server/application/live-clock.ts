import { monotonicMs } from '../hardware/monotonic.ts';
import type { Clock } from '../scheduling/clock.ts';

/** The board's own clock. "After 0" is a microtask: the rest of this instant first, but no turn of the event loop later. */
export const liveClock: Clock = {
  now: monotonicMs,
  after(delayMs, call) {
    if (delayMs <= 0) queueMicrotask(call);
    else setTimeout(call, delayMs);
  },
};
