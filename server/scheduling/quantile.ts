/** Nearest-rank percentile of ascending values; NaN of none. The only quantile there is. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  return ascending.length === 0 ? Number.NaN : ascending[rankOf(share, ascending.length)]!; // a rank of the values
}

/** The nearest rank, from 0. */
export const rankOf = (share: number, count: number): number =>
  Math.min(count, Math.max(1, Math.ceil(share * count))) - 1;
