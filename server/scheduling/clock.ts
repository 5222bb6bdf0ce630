/** Monotonic milliseconds. Time is handed in, so that a simulated hour takes a second and tests take none. */
export interface Clock {
  now(): number;
  after(delayMs: number, call: () => void): void;
}
