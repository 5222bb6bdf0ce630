/** Whether the board still speaks. It says something once a second at least; a socket that is dead may look open for a minute. */
export interface Hearing {
  /** When it was last heard, by the same clock; null: never yet. */
  readonly heardAtMs: number | null;
  heard(nowMs: number): void;
  /** From now on somebody looks: a hidden tab hears late, and must not be called deaf for it. */
  looked(nowMs: number): void;
  /** `silent`: what is shown is old. `deaf`: so old that the connection should be given up and made anew. */
  judge(nowMs: number): 'well' | 'silent' | 'deaf';
}

const SILENT_MS = 2500;
const DEAF_MS = 6000;

export function createHearing(): Hearing {
  let heardAtMs: number | null = null;
  let lookedAtMs = 0;
  return {
    get heardAtMs() {
      return heardAtMs;
    },
    heard(nowMs) {
      heardAtMs = nowMs;
    },
    looked(nowMs) {
      lookedAtMs = nowMs;
    },
    judge(nowMs) {
      if (heardAtMs === null) return 'well';
      const sinceMs = nowMs - Math.max(heardAtMs, lookedAtMs);
      if (sinceMs > DEAF_MS) return 'deaf';
      return sinceMs > SILENT_MS ? 'silent' : 'well';
    },
  };
}
