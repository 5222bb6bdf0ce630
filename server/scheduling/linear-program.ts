/** min c·x subject to A·x ≤ b, x ≥ 0. Equations and ≥ are written as ≤ by whoever asks. */
export interface LinearProgram {
  readonly c: readonly number[];
  readonly A: readonly ArrayLike<number>[];
  readonly b: readonly number[];
}

export interface Solution {
  readonly value: number;
  /** One per variable. */
  readonly x: Float64Array;
  /** Dual value of each row, never negative: what one unit less of its right-hand side would cost. */
  readonly prices: Float64Array;
}

const EPSILON = 1e-11;
/** What is smaller is rounding and not a coefficient. */
const PIVOT = 1e-9;
/** After so many pivots without progress the choice is by lowest index, which cannot cycle (Bland, Math. Oper. Res. 2(2) 1977). */
const STALLED = 2000;

/**
 * The simplex method on a condensed dictionary: only the columns that are out of the basis are kept, so the programs of a
 * board (a dozen rows, two dozen columns) solve in microseconds, and a new right-hand side or one more row starts from the
 * last basis. With c ≥ 0 the dual method (Lemke, Nav. Res. Logist. 1(1) 1954) needs no first phase; the primal one needs b ≥ 0.
 */
export class Tableau {
  /** Row r: value of its basic variable, then the coefficients of the columns; the last row is the objective. */
  private cells: Float64Array;
  private width: number;
  rows: number;
  readonly columns: number;
  /** Variable of each row and column: below `columns` a variable of x, else the slack of row `variable - columns`. */
  private basic: Int32Array;
  private outside: Int32Array;

  constructor(program: LinearProgram) {
    this.rows = program.A.length;
    this.columns = program.c.length;
    this.width = this.columns + 1;
    this.cells = new Float64Array((this.rows + 1) * this.width);
    this.basic = Int32Array.from({ length: this.rows }, (_, r) => this.columns + r);
    this.outside = Int32Array.from({ length: this.columns }, (_, j) => j);
    program.A.forEach((row, r) => {
      const at = (r + 1) * this.width;
      this.cells[at] = program.b[r]!; // one per row
      for (let j = 0; j < this.columns; j++) this.cells[at + 1 + j] = row[j]!; // one per column
    });
    for (let j = 0; j < this.columns; j++) this.cells[1 + j] = program.c[j]!; // one per column
  }

  // Row 0 of `cells` is the objective: minus the value, then the reduced costs.

  get value(): number {
    return -this.cells[0]!; // there is a row 0
  }

  copy(): Tableau {
    const made = Object.create(Tableau.prototype) as Tableau;
    Object.assign(made, this, {
      cells: this.cells.slice(),
      basic: this.basic.slice(),
      outside: this.outside.slice(),
    });
    return made;
  }

  /** Needs reduced costs ≥ 0. False: no x satisfies the rows. `until`: stops, true, once the value exceeds it. */
  dual(until = Number.POSITIVE_INFINITY): boolean {
    for (let stalled = 0; ; ) {
      if (this.value > until) return true;
      const leave = this.mostNegativeRow(stalled > STALLED);
      if (leave === 0) return true;
      const enter = this.enteringDual(leave, stalled > STALLED);
      if (enter === 0) return false;
      const before = this.value;
      this.pivot(leave, enter);
      stalled = this.value > before + EPSILON ? 0 : stalled + 1;
    }
  }

  /** Needs right-hand sides ≥ 0. False: unbounded. */
  primal(): boolean {
    for (let stalled = 0; ; ) {
      const enter = this.mostNegativeCost(stalled > STALLED);
      if (enter === 0) return true;
      const leave = this.leavingPrimal(enter, stalled > STALLED);
      if (leave === 0) return false;
      const before = this.value;
      this.pivot(leave, enter);
      stalled = this.value < before - EPSILON ? 0 : stalled + 1;
    }
  }

  /** One more row a·x ≤ b, put in terms of what is outside the basis now. */
  addRow(a: ArrayLike<number>, b: number): void {
    const { width, rows, columns } = this;
    const cells = new Float64Array((rows + 2) * width);
    cells.set(this.cells);
    const at = (rows + 1) * width;
    cells[at] = b;
    for (let j = 0; j < columns; j++) {
      const variable = this.outside[j]!; // one per column
      if (variable < columns) cells[at + 1 + j] = a[variable]!; // one per variable
    }
    for (let r = 0; r < rows; r++) {
      const variable = this.basic[r]!; // one per row
      const factor = variable < columns ? a[variable]! : 0; // as above
      if (factor !== 0) for (let j = 0; j < width; j++) cells[at + j]! -= factor * this.cells[(r + 1) * width + j]!; // inside
    }
    this.cells = cells;
    this.basic = Int32Array.from([...this.basic, columns + rows]);
    this.rows++;
  }

  /** New right-hand sides for the same basis: the values of the basic variables and of the objective follow. */
  restart(b: ArrayLike<number>): void {
    const { width, cells, columns, rows } = this;
    for (let r = 0; r <= rows; r++) {
      let value = 0;
      for (let j = 0; j < columns; j++) {
        const slack = this.outside[j]! - columns; // one per column
        if (slack >= 0) value += cells[r * width + 1 + j]! * b[slack]!; // inside; one per row
      }
      const own = r === 0 ? -1 : this.basic[r - 1]! - columns; // one per row
      cells[r * width] = own >= 0 ? value + b[own]! : value; // as above
    }
  }

  /** Values of the variables, into `x` where given. */
  values(x = new Float64Array(this.columns)): Float64Array {
    x.fill(0);
    for (let r = 0; r < this.rows; r++) {
      const variable = this.basic[r]!; // one per row
      if (variable < this.columns) x[variable] = this.cells[(r + 1) * this.width]!; // inside
    }
    return x;
  }

  prices(): Float64Array {
    const found = new Float64Array(this.rows);
    for (let j = 0; j < this.columns; j++) {
      const slack = this.outside[j]! - this.columns; // one per column
      if (slack >= 0) found[slack] = this.cells[1 + j]!; // inside
    }
    return found;
  }

  isBasic(variable: number): boolean {
    return this.basic.includes(variable);
  }

  private mostNegativeRow(lowest: boolean): number {
    let best = 0;
    let least = -1e-9;
    for (let r = 1; r <= this.rows; r++) {
      const value = this.cells[r * this.width]!; // inside
      if (lowest ? value < -1e-9 && (best === 0 || this.basic[r - 1]! < this.basic[best - 1]!) : value < least) {
        best = r;
        least = value;
      }
    }
    return best;
  }

  private mostNegativeCost(lowest: boolean): number {
    let best = 0;
    let least = -EPSILON;
    for (let j = 1; j <= this.columns; j++) {
      const cost = this.cells[j]!; // inside
      if (lowest ? cost < -EPSILON && (best === 0 || this.outside[j - 1]! < this.outside[best - 1]!) : cost < least) {
        best = j;
        least = cost;
      }
    }
    return best;
  }

  /** Among columns whose ratio is equal, the largest slope: a tiny one, left by rounding, would ruin the dictionary. */
  private enteringDual(leave: number, lowest: boolean): number {
    const at = leave * this.width;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 1; j <= this.columns; j++) {
      const slope = -this.cells[at + j]!; // inside
      if (slope <= PIVOT) continue;
      const ratio = this.cells[j]! / slope; // inside
      if (ratio > least + EPSILON) continue;
      const tie = ratio > least - EPSILON;
      const better = lowest ? this.outside[j - 1]! < this.outside[best - 1]! : slope > -this.cells[at + best]!; // inside; a tie has a best
      if (tie && !better) continue;
      least = Math.min(least, ratio);
      best = j;
    }
    return best;
  }

  private leavingPrimal(enter: number, lowest: boolean): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let r = 1; r <= this.rows; r++) {
      const slope = this.cells[r * this.width + enter]!; // inside
      if (slope <= PIVOT) continue;
      const ratio = this.cells[r * this.width]! / slope; // inside
      if (ratio > least + EPSILON) continue;
      const tie = ratio > least - EPSILON;
      const better = lowest
        ? this.basic[r - 1]! < this.basic[best - 1]!
        : slope > this.cells[best * this.width + enter]!; // as above
      if (tie && !better) continue;
      least = Math.min(least, ratio);
      best = r;
    }
    return best;
  }

  private pivot(leave: number, enter: number): void {
    const { cells, width } = this;
    const own = leave * width;
    const scale = 1 / cells[own + enter]!; // not 0 by choice
    cells[own + enter] = 1;
    for (let j = 0; j < width; j++) cells[own + j]! *= scale;
    for (let at = 0; at < cells.length; at += width) {
      const factor = at === own ? 0 : cells[at + enter]!; // inside
      if (factor === 0) continue;
      cells[at + enter] = 0;
      for (let j = 0; j < width; j++) cells[at + j]! -= factor * cells[own + j]!;
    }
    const left = this.basic[leave - 1]!; // inside
    this.basic[leave - 1] = this.outside[enter - 1]!; // as above
    this.outside[enter - 1] = left;
  }
}

/** Solves it where c ≥ 0 or b ≥ 0. `null`: no x satisfies the rows, or the value has no end. */
export function minimise(program: LinearProgram): Solution | null {
  const tableau = new Tableau(program);
  const dual = program.c.every((cost) => cost >= 0);
  if (!dual && program.b.some((right) => right < 0))
    throw new Error('a program with a negative cost and a negative right-hand side has no start');
  if (!(dual ? tableau.dual() : tableau.primal())) return null;
  return { value: tableau.value, x: tableau.values(), prices: tableau.prices() };
}
