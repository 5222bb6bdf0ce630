/** Whoever sets the machine's clock moves it by this much at least; NTP's slewing stays far below between two looks. */
const JUMP_MS = 1000;

/**
 * Notices that the machine's clock was set: it has moved otherwise than CLOCK_MONOTONIC, by which all durations go. To be looked
 * at often; a jump is told once, with its milliseconds, forward or (negative) back.
 */
export function watchWallClock(
  clocks: { readonly wallMs: () => number; readonly monotonicMs: () => number },
  jumped: (byMs: number) => void,
) {
  const offset = () => clocks.wallMs() - clocks.monotonicMs();
  let known = offset();
  return {
    look(): void {
      const now = offset();
      const byMs = now - known;
      known = now;
      if (Math.abs(byMs) >= JUMP_MS) jumped(byMs);
    },
  };
}

export const jumpText = (byMs: number): string =>
  `the machine’s clock was set ${byMs > 0 ? 'forward' : 'back'} by ${Math.round(Math.abs(byMs) / 1000)} s`;
