import type { ModelId, UnitId } from '../hardware/unit.ts';
import type { Cell } from './profile-cell.ts';
import { quantile } from './quantile.ts';

/** A lasting change of speed that the measurements bear out. */
export interface Drift {
  readonly unit: UnitId;
  /** The models it was borne out for; null: the unit as a whole, models not measured since included. */
  readonly models: readonly ModelId[] | null;
  /** Service times are so many times what they were. */
  readonly factor: number;
  /** How many measurements of the unit there had been. */
  readonly atSample: number;
}

/**
 * What a test lets pass, and what it alarms at, in sigmas. The first finds a doubling in three measurements, which one odd
 * measurement never is; the second finds, in a dozen or two, what hardly shows above the noise.
 */
const TESTS = [
  { allowed: 1, alarm: 5.9 },
  { allowed: 0.5, alarm: 14 },
];
/** Measurements held back in a row that bear out a change of one model. */
const BORNE_OUT = 3;
const EVIDENCE = 64;

/**
 * Watches all that is measured on one unit, each against its own mean, with cumulative sums (Page, 1954) for slower and for
 * quicker. A slowed unit is slow for every model, so its factor goes to all of them at once, unless what was measured
 * says that only some changed.
 */
export function createUnitDrift(unit: UnitId, cells: () => Iterable<Cell>, alarm: (drift: Drift) => void) {
  const tests = TESTS.flatMap((test) => [new Sum(test.allowed, test.alarm, 1), new Sum(test.allowed, test.alarm, -1)]);
  const evidence = createEvidence();
  let samples = 0;
  let quiet = true;

  const rebase = (of: readonly Cell[], factor: number, models: Drift['models'], fresh: (cell: Cell) => number) => {
    for (const cell of of) cell.rebase(factor, fresh(cell));
    for (const test of tests) test.clear();
    alarm({ unit, models, factor, atSample: samples });
  };
  const conclude = (test: Sum) => {
    const perCell = evidence.last(test.length);
    const factor = middle([...perCell.values()].flat());
    const moved = [...perCell].filter(([, own]) => agrees(middle(own), factor)).map(([cell]) => cell);
    if (moved.length === 0) return test.clear();
    const fresh = (cell: Cell) => perCell.get(cell)?.length ?? 0;
    const contradicted = [...perCell].some(([cell, own]) => own.length > 1 && !moved.includes(cell));
    const all = [...cells()];
    // What was only carried along with an earlier drift was carried too far: the unit itself has not changed again.
    const carriedTooFar = !contradicted && moved.every((cell) => cell.inherited);
    const of = carriedTooFar ? all.filter((cell) => cell.inherited) : contradicted ? moved : all;
    rebase(of, factor, of === all ? null : of.map((cell) => cell.model), fresh);
  };
  return {
    /** `sigmas`: how far the measurement lay from the cell's mean before it was taken in. */
    observe(cell: Cell, ms: number, sigmas: number): void {
      samples++;
      if (sigmas === 0 && quiet) return;
      evidence.add(cell, ms);
      let lengths = 0;
      for (let i = 0; i < tests.length; i++) {
        const test = tests[i]!; // within the tests
        if (test.add(sigmas)) return conclude(test);
        lengths += test.length;
      }
      quiet = lengths === 0;
      if (Math.abs(cell.held) >= BORNE_OUT) rebase([cell], cell.heldRatio, [cell.model], () => BORNE_OUT);
    },
  };
}

/** One side of one test. */
class Sum {
  /** Measurements since it was last zero. */
  length = 0;
  private sum = 0;

  constructor(
    private readonly allowed: number,
    private readonly alarm: number,
    private readonly side: 1 | -1,
  ) {}

  add(sigmas: number): boolean {
    const sum = this.sum + this.side * sigmas - this.allowed;
    this.sum = sum > 0 ? sum : 0;
    this.length = sum > 0 ? this.length + 1 : 0;
    return sum > this.alarm;
  }

  clear(): void {
    this.sum = 0;
    this.length = 0;
  }
}

/** The last measurements of the unit, to be looked at when a test alarms. */
function createEvidence() {
  const cells = new Array<Cell | undefined>(EVIDENCE).fill(undefined);
  const times = new Float64Array(EVIDENCE);
  let added = 0;
  return {
    add(cell: Cell, ms: number): void {
      const place = added++ % EVIDENCE;
      cells[place] = cell;
      times[place] = ms;
    },
    /** Of the last so many: how many times its cell's mean each took. */
    last(count: number): Map<Cell, number[]> {
      const ratios = new Map<Cell, number[]>();
      for (let back = Math.min(count, EVIDENCE); back >= 1; back--) {
        const place = (added - back) % EVIDENCE;
        const cell = cells[place]!; // was added
        ratios.set(cell, [...(ratios.get(cell) ?? []), times[place]! / cell.meanMs]); // as above
      }
      return ratios;
    },
  };
}

/** On the same side, and at least half as far. */
const agrees = (ratio: number, factor: number): boolean => Math.log(ratio) / Math.log(factor) > 0.5;

const middle = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
