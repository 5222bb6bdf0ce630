export interface Solution {
  readonly value: number;
  /** One per variable. */
  readonly x: Float64Array;
  /** Dual value of each row: what one more unit of its right-hand side would be worth. */
  readonly prices: Float64Array;
}

const EPSILON = 1e-11;

/**
 * Maximises c·x subject to A·x ≤ b, x ≥ 0, for b ≥ 0 (so that x = 0 is a start and no first phase is needed): the primal
 * simplex on a dense tableau, entering column by Dantzig's rule and, once a hundred pivots have not raised the value, by
 * Bland's, which cannot cycle (Bland, Math. Oper. Res. 2(2) 1977). `null`: unbounded.
 */
export function maximise(
  c: readonly number[],
  A: readonly (readonly number[])[],
  b: readonly number[],
): Solution | null {
  const rows = A.length;
  const columns = c.length + rows + 1;
  const table = A.map((row, r) => {
    if (b[r]! < 0) throw new Error(`row ${r} has the negative right-hand side ${b[r]}`);
    const line = new Float64Array(columns);
    line.set(row);
    line[c.length + r] = 1;
    line[columns - 1] = b[r]!; // same length as A
    return line;
  });
  const objective = new Float64Array(columns);
  for (let j = 0; j < c.length; j++) objective[j] = -c[j]!; // j < c.length
  const basis = A.map((_, r) => c.length + r);
  let stalled = 0;
  for (;;) {
    const enter = entering(objective, columns - 1, stalled > 100);
    if (enter < 0) break;
    const leave = leaving(table, basis, enter, columns - 1);
    if (leave < 0) return null;
    const before = objective[columns - 1]!; // inside
    pivot(table, objective, basis, leave, enter);
    stalled = objective[columns - 1]! > before + EPSILON ? 0 : stalled + 1; // inside
  }
  const x = new Float64Array(c.length);
  basis.forEach((variable, r) => {
    if (variable < c.length) x[variable] = table[r]![columns - 1]!; // one basic variable per row
  });
  return { value: objective[columns - 1]!, x, prices: objective.slice(c.length, c.length + rows) }; // inside
}

function entering(objective: Float64Array, columns: number, bland: boolean): number {
  let best = -1;
  let least = -EPSILON;
  for (let j = 0; j < columns; j++) {
    if (objective[j]! >= least) continue; // inside
    best = j;
    if (bland) return j;
    least = objective[j]!; // inside
  }
  return best;
}

function leaving(table: Float64Array[], basis: number[], enter: number, rhs: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  table.forEach((line, r) => {
    const slope = line[enter]!; // inside
    if (slope <= EPSILON) return;
    const ratio = line[rhs]! / slope; // inside
    if (ratio < least - EPSILON || (ratio < least + EPSILON && (best < 0 || basis[r]! < basis[best]!))) {
      least = Math.min(least, ratio);
      best = r;
    }
  });
  return best;
}

function pivot(table: Float64Array[], objective: Float64Array, basis: number[], leave: number, enter: number): void {
  const line = table[leave]!; // leave is a row
  const scale = 1 / line[enter]!; // above EPSILON by choice
  for (let j = 0; j < line.length; j++) line[j]! *= scale;
  const subtract = (other: Float64Array) => {
    const factor = other[enter]!; // inside
    if (factor === 0) return;
    for (let j = 0; j < line.length; j++) other[j]! -= factor * line[j]!;
  };
  for (const other of table) if (other !== line) subtract(other);
  subtract(objective);
  basis[leave] = enter;
}
