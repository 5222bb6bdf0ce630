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
 * What a test lets pass, and from where it suspects a change, in sigmas. The first finds a doubling in three measurements; the
 * second finds, in a dozen or two, what hardly shows above the noise.
 */
const TESTS = [
  { allowed: 1, suspects: 5.9 },
  { allowed: 0.5, suspects: 14 },
];
/**
 * A suspicion is told when it has lasted for so much work of the unit, or as long as the unit was known for if that is less.
 * What a busy host adds to a short job is many times its sigma, and goes on for dozens of them, but not for so long; and it
 * never makes a job shorter.
 */
export const LASTING_MS = { slower: 1200, quicker: 400 };
/** A suspicion that the sum has fallen so far below, in sigmas, was none. */
const DOUBT = 3;
/** Measurements held back in a row that bear out a change of one model. */
const BORNE_OUT = 3;
const EVIDENCE = 256;

/**
 * Watches all that is measured on one unit, each against its own mean, with cumulative sums (Page, 1954) for slower and for
 * quicker. While they suspect a change the means stand still; once it has lasted they move, by the middle of what was measured
 * since. A slowed unit is slow for every model, so its factor goes to all of them at once, unless what was measured says that
 * only some changed.
 */
export function createUnitDrift(unit: UnitId, cells: () => Iterable<Cell>, alarm: (drift: Drift) => void) {
  const tests = TESTS.flatMap((test) => [
    new Sum(test.allowed, test.suspects, 'slower'),
    new Sum(test.allowed, test.suspects, 'quicker'),
  ]);
  const evidence = createEvidence();
  let samples = 0;
  let quiet = true;

  const rebase = (
    of: readonly Cell[],
    factor: number,
    models: Drift['models'],
    seen: ReadonlyMap<Cell, Seen>,
    lastedMs: number,
  ) => {
    for (const cell of of) {
      const own = seen.get(cell);
      cell.rebase((own?.meanMs ?? cell.meanMs) * factor, factor, own?.ratios.length ?? 0, lastedMs);
    }
    for (const test of tests) test.clear();
    look();
    alarm({ unit, models, factor, atSample: samples });
  };
  const conclude = (test: Sum) => {
    const since = evidence.last(Math.max(BORNE_OUT, test.suspected));
    const seen = knownBefore(since, test.lastedMs);
    const factor = middle([...seen.values()].flatMap(({ ratios }) => ratios));
    const moved = [...seen].filter(([, { ratios }]) => agrees(middle(ratios), factor)).map(([cell]) => cell);
    if (moved.length === 0) {
      test.clear();
      return look();
    }
    const contradicted = [...seen].some(([cell, { ratios }]) => ratios.length > 1 && !moved.includes(cell));
    const of = contradicted ? moved : [...cells()].filter((cell) => seen.has(cell) || !since.has(cell));
    rebase(of, factor, contradicted ? of.map((cell) => cell.model) : null, seen, test.lastedMs);
  };
  /** Only this model, and too seldom for the unit's tests. One that was carried along was carried too far, as all that were. */
  const single = (cell: Cell) => {
    const factor = cell.heldRatio;
    const of = cell.inherited ? [...cells()].filter((other) => other.inherited) : [cell];
    const seen = { meanMs: cell.meanMs, ratios: new Array<number>(Math.abs(cell.held)).fill(factor) };
    const models = of.map(({ model }) => model);
    rebase(of, factor, models, new Map([[cell, seen]]), cell.heldMs);
  };
  const hasLasted = (test: Sum) => {
    let knownMs = 0;
    for (const cell of cells()) knownMs += cell.knownMs;
    return test.isSure && test.lastedMs >= Math.min(LASTING_MS[test.side], knownMs);
  };
  const look = () => {
    quiet = tests.every((test) => test.isZero);
    drift.suspects = tests.some((test) => test.suspected > 0);
  };
  const drift = {
    /** What is measured is no news of the means until it is known whether they have changed. */
    suspects: false,
    /** `meanMs`: the cell's before the measurement was taken in; `sigmas`: how far from it that lay. */
    observe(cell: Cell, ms: number, meanMs: number, sigmas: number): void {
      samples++;
      if ((sigmas === 0 && quiet) || Number.isNaN(sigmas)) return;
      const isBorneOut = Math.abs(cell.held) >= BORNE_OUT && cell.heldMs >= Math.min(heldLongMs(cell), cell.knownMs);
      if (cell.inherited) return isBorneOut ? single(cell) : undefined;
      evidence.add(cell, ms, meanMs);
      for (let i = 0; i < tests.length; i++) tests[i]!.add(sigmas, Math.max(ms, meanMs)); // within the tests
      look();
      const sure = drift.suspects && tests.find(hasLasted);
      if (sure) conclude(sure);
      else if (isBorneOut && !drift.suspects) single(cell);
    },
  };
  return drift;
}

/** One side of one test: its sum stays at what it suspects a change at, so that it soon falls when there is none. */
class Sum {
  /** Measurements, and their milliseconds, since a change was suspected. */
  suspected = 0;
  lastedMs = 0;
  private sum = 0;

  constructor(
    private readonly allowed: number,
    private readonly most: number,
    readonly side: keyof typeof LASTING_MS,
  ) {}

  get isZero(): boolean {
    return this.sum === 0;
  }

  get isSure(): boolean {
    return this.sum === this.most;
  }

  add(sigmas: number, ms: number): void {
    const sum = this.sum + (this.side === 'slower' ? sigmas : -sigmas) - this.allowed;
    if (sum <= 0) return this.clear();
    this.sum = sum < this.most ? sum : this.most;
    const suspects = sum >= (this.suspected > 0 ? this.most - DOUBT : this.most);
    this.suspected = suspects ? this.suspected + 1 : 0;
    this.lastedMs = suspects ? this.lastedMs + ms : 0;
  }

  clear(): void {
    this.sum = 0;
    this.suspected = 0;
    this.lastedMs = 0;
  }
}

/** What was measured of one cell while a test suspected a change. */
interface Seen {
  /** Its mean when that began. */
  readonly meanMs: number;
  /** How many times that mean each took. */
  readonly ratios: number[];
}

/** The last measurements of the unit, to be looked at when a suspicion has lasted. */
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

const heldLongMs = (cell: Cell): number => LASTING_MS[cell.held > 0 ? 'slower' : 'quicker'];

/** Without those that are known from the time since the change alone, unless all are. */
function knownBefore(since: ReadonlyMap<Cell, Seen>, lastedMs: number): ReadonlyMap<Cell, Seen> {
  const before = new Map([...since].filter(([cell]) => cell.knownMs >= lastedMs));
  return before.size > 0 ? before : since;
}

/** On the same side, and at least half as far. */
const agrees = (ratio: number, factor: number): boolean => Math.log(ratio) / Math.log(factor) > 0.5;

const middle = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
