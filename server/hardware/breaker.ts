/** Crashes within the window that open the breaker. */
export const CRASHES = 3;
export const WINDOW_MS = 60_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/** Decides after each crash: start again after a growing pause, or leave the unit alone until a person says so. */
export interface Breaker {
  /** Milliseconds to wait before the next start; `null`: quarantine. */
  crashed(nowMs: number): number | null;
  reset(): void;
}

export function createBreaker(): Breaker {
  let crashes: number[] = [];
  let delayMs = FIRST_DELAY_MS;
  return {
    crashed(nowMs) {
      const recent = crashes.filter((at) => nowMs - at < WINDOW_MS);
      if (recent.length === 0) delayMs = FIRST_DELAY_MS;
      crashes = [...recent, nowMs];
      if (crashes.length >= CRASHES) return null;
      const wait = delayMs;
      delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2);
      return wait;
    },
    reset() {
      crashes = [];
      delayMs = FIRST_DELAY_MS;
    },
  };
}
