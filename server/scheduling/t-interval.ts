/** Mean of repeated measurements and how far it may be off: a two-sided 95 % interval by Student's t. */
export interface Interval {
  readonly n: number;
  readonly mean: number;
  /** Half the interval's width; null for fewer than two values, which say nothing of their spread. */
  readonly half: number | null;
}

export function tInterval(values: ArrayLike<number>): Interval | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = total(values, (value) => value) / n;
  if (n < 2) return { n, mean, half: null };
  const variance = total(values, (value) => (value - mean) ** 2) / (n - 1);
  return { n, mean, half: quantile975(n - 1) * Math.sqrt(variance / n) };
}

function total(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!); // within its length
  return sum;
}

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom, then interpolated in 1/df (error below 0.001). */
const TABLE = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];
const NORMAL = 1.95996;

function quantile975(df: number): number {
  const known = TABLE[df - 1];
  if (known !== undefined) return known;
  const at30 = TABLE[29] ?? NORMAL;
  return NORMAL + (at30 - NORMAL) * (30 / df);
}
