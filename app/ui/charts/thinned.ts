/**
 * Columns as uPlot wants them with about as many points as can be told apart: of each stretch of points the least and the greatest of
 * every line, in the order in which they came, so that no peak is lost. Stretches are whole numbers of points from the first on: what
 * was drawn stays as it was when more comes.
 * Measured 2026-11 (x86, 2 cores): four charts of 25,000 points and eleven lines took 57 ms a frame unthinned.
 */
export function thinned(columns: readonly Float64Array[], most: number): readonly Float64Array[] {
  const [at, ...lines] = columns;
  if (!at || at.length <= most) return columns;
  const stretch = 2 ** Math.ceil(Math.log2((2 * at.length) / most));
  const stretches = Math.ceil(at.length / stretch);
  const xs = new Float64Array(stretches * 2);
  for (let s = 0; s < stretches; s++) {
    const from = s * stretch;
    const to = Math.min(at.length, from + stretch) - 1;
    xs[s * 2] = at[from]!; // from ≤ to < length
    // The newest point keeps its place; elsewhere the second of a pair stands in the middle.
    xs[s * 2 + 1] = s === stretches - 1 ? at[to]! : (at[from]! + at[to]!) / 2; // as above
  }
  return [xs, ...lines.map((line) => extremes(line, stretch, stretches))];
}

function extremes(line: Float64Array, stretch: number, stretches: number): Float64Array {
  const kept = new Float64Array(stretches * 2);
  for (let s = 0; s < stretches; s++) {
    const to = Math.min(line.length, (s + 1) * stretch);
    let least = Number.NaN;
    let greatest = Number.NaN;
    let leastFirst = true;
    for (let i = s * stretch; i < to; i++) {
      const value = line[i]!; // i < length
      if (!(value >= least)) {
        if (Number.isNaN(value)) continue;
        least = value;
        leastFirst = false;
      }
      if (!(value <= greatest)) {
        greatest = value;
        leastFirst = true;
      }
    }
    kept[s * 2] = leastFirst ? least : greatest;
    kept[s * 2 + 1] = leastFirst ? greatest : least;
  }
  return kept;
}
