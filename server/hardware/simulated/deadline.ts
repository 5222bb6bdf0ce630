import { monotonicMs } from '../monotonic.ts';

/** Timers fire up to a millisecond early or late; from here on the thread sleeps, then spins. */
const TIMER_SLACK_MS = 2;
const SPIN_MS = 0.15;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Calls at an absolute moment, never before it: a timer for the bulk (so that messages are still heard), a sleep for the
 * rest, a short spin for the end. Node's own timers truncate and would let a simulated unit beat its own table.
 */
export function at(deadlineMs: number, call: () => void): void {
  const leftMs = deadlineMs - monotonicMs();
  if (leftMs > TIMER_SLACK_MS + 1) setTimeout(() => at(deadlineMs, call), Math.floor(leftMs - TIMER_SLACK_MS));
  else {
    sleepUntil(deadlineMs);
    call();
  }
}

function sleepUntil(deadlineMs: number): void {
  for (;;) {
    const leftMs = deadlineMs - monotonicMs();
    if (leftMs <= 0) return;
    if (leftMs > SPIN_MS) Atomics.wait(sleeper, 0, 0, leftMs - SPIN_MS);
  }
}
