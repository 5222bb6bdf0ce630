/** CLOCK_MONOTONIC in milliseconds: the same clock in every process of the board, so stamps of different ones compare. */
export const monotonicMs = (): number => performance.now() + OFFSET_MS;

/** performance.now() counts from the start of its own thread; taking the difference once is cheaper than a bigint each time. */
const OFFSET_MS = closestOffset();

function closestOffset(): number {
  let best = { widthMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let i = 0; i < 20; i++) {
    const from = performance.now();
    const clockMs = Number(process.hrtime.bigint()) / 1e6;
    const to = performance.now();
    if (to - from < best.widthMs) best = { widthMs: to - from, offsetMs: clockMs - (from + to) / 2 };
  }
  return best.offsetMs;
}
