/** Nearest-rank percentile of ascending values; NaN of none. The only quantile there is. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return Number.NaN;
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1]!; // within the values
}
