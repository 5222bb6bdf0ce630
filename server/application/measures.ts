// One quantile, one throughput, one utilisation: page, API, metrics and export all compute them here.

export interface LatencyFigures {
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** What a run comes to. Latency runs from arrival to end; utilisation is service time over makespan, switching not counted. */
export interface RunFigures {
  readonly jobs: number;
  readonly makespanMs: number;
  /** Inferences per second. */
  readonly throughput: number;
  readonly latency: LatencyFigures;
  readonly utilisation: Readonly<Record<string, number>>;
  readonly perModel: Readonly<
    Record<string, { readonly jobs: number; readonly meanMs: number; readonly p99Ms: number }>
  >;
  readonly perUnit: Readonly<
    Record<
      string,
      { readonly jobs: number; readonly busyMs: number; readonly switches: number; readonly switchingMs: number }
    >
  >;
  /** Models replaced; first loads not counted. */
  readonly switches: number;
}

/** Nearest-rank percentile of ascending values; NaN of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return Number.NaN;
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1]!;
}

export function latencyFigures(latenciesMs: Float64Array): LatencyFigures {
  const ascending = latenciesMs.slice().sort();
  const sum = ascending.reduce((total, value) => total + value, 0);
  return {
    meanMs: sum / ascending.length,
    p50Ms: quantile(ascending, 0.5),
    p95Ms: quantile(ascending, 0.95),
    p99Ms: quantile(ascending, 0.99),
  };
}
