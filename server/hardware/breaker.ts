export interface BreakerLimits {
  /** Crashes within the window that open the breaker. */
  readonly crashes: number;
  readonly windowMs: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = {
  crashes: 3,
  windowMs: 60_000,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
};

/** Decides after each crash: start again after a growing pause, or leave the unit alone until a person says so. */
export interface Breaker {
  /** Milliseconds to wait before the next start; `null`: quarantine. */
  crashed(nowMs: number): number | null;
  reset(): void;
}

export function createBreaker(limits: BreakerLimits = BREAKER_LIMITS): Breaker {
  let crashes: number[] = [];
  let delayMs = limits.firstDelayMs;
  return {
    crashed(nowMs) {
      const recent = crashes.filter((at) => nowMs - at < limits.windowMs);
      if (recent.length === 0) delayMs = limits.firstDelayMs;
      crashes = [...recent, nowMs];
      if (crashes.length >= limits.crashes) return null;
      const wait = delayMs;
      delayMs = Math.min(limits.longestDelayMs, delayMs * 2);
      return wait;
    },
    reset() {
      crashes = [];
      delayMs = limits.firstDelayMs;
    },
  };
}
