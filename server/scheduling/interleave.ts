/**
 * The order of a mixed batch: smooth weighted round robin. Each step adds every remaining model's weight to its credit,
 * takes the largest credit (the first model on ties) and subtracts the total weight, that of finished models included.
 * `counts`: jobs of each model; `weights`: the mix that they were made from. Returns model indices, one per job.
 */
export function interleave(counts: readonly number[], weights: readonly number[] = counts): Uint8Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const left = [...counts];
  const credit = counts.map(() => 0);
  const order = new Uint8Array(counts.reduce((sum, n) => sum + n, 0));
  for (let at = 0; at < order.length; at++) {
    let best = -1;
    for (let m = 0; m < counts.length; m++) {
      if (left[m] === 0) continue;
      credit[m]! += weights[m]!; // m < counts.length
      if (best < 0 || credit[m]! > credit[best]!) best = m; // as above
    }
    credit[best]! -= total;
    left[best]!--; // some model is left while jobs are
    order[at] = best;
  }
  return order;
}

/** Splits `total` by `weights`, largest remainder first (the first on ties). */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map((value) => Math.floor(value + EQUAL));
  const missing = total - counts.reduce((a, b) => a + b, 0);
  // Thirds are not exact in binary: remainders that differ by less than EQUAL are a tie.
  const remainder = exact.map((value, m) => Math.round((value - counts[m]!) / EQUAL)); // one count per weight
  const order = counts.map((_, m) => m).sort((a, b) => remainder[b]! - remainder[a]! || a - b); // as above
  for (const m of order.slice(0, missing)) counts[m]!++; // as above
  return counts;
}

const EQUAL = 1e-9;
