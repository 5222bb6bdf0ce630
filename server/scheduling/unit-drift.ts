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

  const rebase = (
    of: readonly Cell[],
    factor: number,
    models: Drift['models'],
    seen: ReadonlyMap<Cell, Seen> = new Map(),
  ) => {
    for (const cell of of) {
      const own = seen.get(cell);
      cell.rebase((own?.meanMs ?? cell.meanMs) * factor, factor, own?.ratios.length ?? 0);
    }
    for (const test of tests) test.clear();
    alarm({ unit, models, factor, atSample: samples });
  };
  const conclude = (test: Sum) => {
    const seen = evidence.last(test.length);
    const factor = middle([...seen.values()].flatMap(({ ratios }) => ratios));
    const moved = [...seen].filter(([, { ratios }]) => agrees(middle(ratios), factor)).map(([cell]) => cell);
    if (moved.length === 0) return test.clear();
    const contradicted = [...seen].some(([cell, { ratios }]) => ratios.length > 1 && !moved.includes(cell));
    const all = [...cells()];
    // What was only carried along with an earlier drift was carried too far: the unit itself has not changed again.
    const carriedTooFar = !contradicted && moved.every((cell) => cell.inherited);
    const of = carriedTooFar ? all.filter((cell) => cell.inherited) : contradicted ? moved : all;
    rebase(of, factor, of === all ? null : of.map((cell) => cell.model), seen);
  };
  /** Only this model, and too seldom for the unit's tests. */
  const single = (cell: Cell) => {
    const factor = cell.heldRatio;
    const seen = { meanMs: cell.meanMs, ratios: new Array<number>(BORNE_OUT).fill(factor) };
    rebase([cell], factor, [cell.model], new Map([[cell, seen]]));
  };
  return {
    /** `meanMs`: the cell's before the measurement was taken in; `sigmas`: how far from it that lay. */
    observe(cell: Cell, ms: number, meanMs: number, sigmas: number): void {
      samples++;
      if ((sigmas === 0 && quiet) || Number.isNaN(sigmas)) return;
      evidence.add(cell, ms, meanMs);
      let lengths = 0;
      for (let i = 0; i < tests.length; i++) {
        const test = tests[i]!; // within the tests
        if (test.add(sigmas)) return conclude(test);
        lengths += test.length;
      }
      quiet = lengths === 0;
      if (Math.abs(cell.held) >= BORNE_OUT) single(cell);
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

/** What was measured of one cell while a test's sum grew. */
interface Seen {
  /** Its mean when that began: some of what came was averaged in since. */
  readonly meanMs: number;
  /** How many times that mean each took. */
  readonly ratios: number[];
}

/** The last measurements of the unit, to be looked at when a test alarms. */
function createEvidence() {
  const cells = new Array<Cell | undefined>(EVIDENCE).fill(undefined);
  const times = new Float64Array(EVIDENCE);
  const means = new Float64Array(EVIDENCE);
  let added = 0;
  return {
    add(cell: Cell, ms: number, meanMs: number): void {
      const place = added++ % EVIDENCE;
      cells[place] = cell;
      times[place] = ms;
      means[place] = meanMs;
    },
    last(count: number): Map<Cell, Seen> {
      const seen = new Map<Cell, Seen>();
      for (let back = Math.min(count, EVIDENCE); back >= 1; back--) {
        const place = (added - back) % EVIDENCE;
        const cell = cells[place]!; // was added
        const own = seen.get(cell) ?? { meanMs: means[place]!, ratios: [] }; // as above
        own.ratios.push(times[place]! / own.meanMs); // as above
        seen.set(cell, own);
      }
      return seen;
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
