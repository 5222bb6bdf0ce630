import { setTimeout as after } from 'node:timers/promises';

/** CLOCK_MONOTONIC, so that a clock that is set does not hold up or hurry a commit. */
export const monotonicMs = (): number => performance.now();

export const sleep = async (delayMs: number): Promise<void> => {
  await after(delayMs);
};
