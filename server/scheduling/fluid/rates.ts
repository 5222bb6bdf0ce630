/** How fast each model is asked for, learned as jobs arrive: an exponentially forgetting count over an equally forgetting time. */
export interface Rates {
  arrived(m: number): void;
  /** Arrivals per millisecond of each model. */
  perMs(nowMs: number): Float64Array;
}

/**
 * What is older than the last so many arrivals counts for less and less. Fewer, and chance would look like a change of mix; at
 * ten times as many a stream whose mix changes had twice the p99, and a steady one no better.
 */
const MEMORY = 200;
/** Before anything has come every model is as likely: so many arrivals in so many milliseconds of each. */
const PRIOR = { jobs: 0.5, ms: 50 };

export function createRates(models: number): Rates {
  const count = new Float64Array(models).fill(PRIOR.jobs);
  const found = new Float64Array(models);
  let weightMs = PRIOR.ms;
  let lastMs: number | null = null;
  return {
    arrived(m) {
      count[m]!++; // m < models
    },
    perMs(nowMs) {
      const passedMs = nowMs - (lastMs ?? nowMs);
      lastMs = nowMs;
      let arrivals = 0;
      for (let m = 0; m < models; m++) arrivals += count[m]!; // m < models
      const memoryMs = (MEMORY * (weightMs + passedMs)) / arrivals;
      const keep = Math.exp(-passedMs / memoryMs);
      weightMs = weightMs * keep + memoryMs * (1 - keep);
      for (let m = 0; m < models; m++) {
        found[m] = count[m]! / weightMs; // m < models
        count[m]! *= keep;
      }
      return found;
    },
  };
}
