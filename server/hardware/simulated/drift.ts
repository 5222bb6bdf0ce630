/** A unit that takes `factor` times as long for what starts in a window. Milliseconds since the run's start; null: to its end. */
export interface Drift {
  readonly unit: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly factor: number;
}

/** What the unit's service times are multiplied with at a moment; windows that overlap multiply. */
export function slowness(drifts: readonly Drift[], unit: string): (startMs: number) => number {
  const own = drifts.filter((drift) => drift.unit === unit);
  if (own.length === 0) return () => 1;
  return (startMs) => own.reduce((product, drift) => (holds(drift, startMs) ? product * drift.factor : product), 1);
}

const holds = ({ fromMs, toMs }: Drift, atMs: number): boolean => atMs >= fromMs && (toMs === null || atMs < toMs);
