import type { ModelId, UnitId } from '../hardware/unit.ts';

/** What is known of one model on one unit. Times in milliseconds of service, switching not included. */
export interface Profile {
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly loadMs: number;
  readonly samples: number;
  /** `guessed`: never given and never measured; by the prior and what was measured of others. */
  readonly source: 'given' | 'measured' | 'guessed';
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** Half the width of the 95 % confidence interval of the mean, over the last measurements; NaN with fewer than two. */
  readonly ciMs?: number;
  /** Measurements so far from the rest that they were left out. */
  readonly outliers?: number;
}

/** A unit that became slower or quicker for good, all its models alike. */
export interface DriftAlarm {
  readonly unit: UnitId;
  /** New service time over the old one. */
  readonly factor: number;
}

export interface Profiler {
  /** `undefined`: never given and never measured. */
  profile(model: ModelId, unit: UnitId): Profile | undefined;
  observe(model: ModelId, unit: UnitId, serviceMs: number): void;
  observeLoad(model: ModelId, unit: UnitId, loadMs: number): void;
  /** Puts what was learned elsewhere in the place of what is known here. */
  replace(profile: Profile): void;
  profiles(): Profile[];
  /** In the order they were raised. */
  readonly drifts: readonly DriftAlarm[];
}

/** What is known of models that nothing was measured of: their weights, such as parameters, in any unit. */
export interface Prior {
  readonly units: readonly UnitId[];
  readonly weight: ReadonlyMap<ModelId, number>;
}

/** A given profile weighs as much as this many measurements. */
const GIVEN_WEIGHT = 20;
/** The mean forgets: no measurement ever weighs less than 1/MEMORY. */
const MEMORY = 50;
/** p95 is taken over the last so many. */
const WINDOW = 64;

/** A measurement is suspect beyond this many mean deviations of its model there, and never nearer than the share. */
const SUSPECT = { deviations: 4.4, share: 0.25 };
/** A spike counts as no more than this where the spread is learned. */
const WIDEST = 0.5;
/** So many suspects in a row on one side, whatever the models, mean that the unit itself has changed. */
const DRIFT_RUN = 3;
/** Milliseconds for each unit of weight on a board of which nothing was measured: a millisecond for a million parameters. */
const UNMEASURED_MS = 1e-6;

/**
 * Learns service times as they happen: an exponentially forgetting mean that starts as the plain mean, and quantiles of the
 * last measurements. A measurement equal to the mean leaves it bit for bit as it was, so exact tables stay exact. One that
 * lies far from the rest is held back: alone it is dropped, three in a row on one side move the whole unit at once by their
 * median. `prior`: what was never measured is guessed log-additively, weight of the model times speed of the unit.
 */
export function createProfiler(known: Iterable<Profile>, prior?: Prior): Profiler {
  const drifts: DriftAlarm[] = [];
  const rows = new Map<UnitId, Row>();
  const row = (unit: UnitId): Row => {
    const found = rows.get(unit) ?? new Row(unit, (alarm) => drifts.push(alarm));
    rows.set(unit, found);
    return found;
  };
  const guesses = new Map<UnitId, Map<ModelId, Guess>>(
    prior?.units.map((unit) => [
      unit,
      new Map([...prior.weight].map(([model, weight]) => [model, new Guess(model, unit, weight, () => speed(unit))])),
    ]),
  );
  /** Milliseconds for each unit of weight: the unit's own where something was measured on it, else that of the others. */
  const speed = (unit: UnitId): number => {
    const own = rows.get(unit)?.logSpeed(prior!.weight) ?? Number.NaN; // guesses have a prior
    if (Number.isFinite(own)) return Math.exp(own);
    const others = [...rows.values()].map((each) => each.logSpeed(prior!.weight)).filter(Number.isFinite); // as above
    return others.length === 0 ? UNMEASURED_MS : Math.exp(others.reduce((sum, log) => sum + log, 0) / others.length);
  };
  for (const profile of known) row(profile.unit).cell(profile.model).start(profile);
  return {
    profile(model, unit) {
      const found = rows.get(unit)?.cells.get(model);
      return found && found.samples > 0 ? found : guesses.get(unit)?.get(model);
    },
    observe(model, unit, serviceMs) {
      const at = row(unit);
      at.observe(at.cell(model), serviceMs);
    },
    observeLoad(model, unit, loadMs) {
      row(unit).cell(model).loadMs = loadMs;
    },
    replace: (profile) => row(profile.unit).cell(profile.model).start(profile),
    profiles: () =>
      [...rows.values()].flatMap(({ cells }) =>
        [...cells.values()].filter((c) => c.samples > 0).map((c) => c.snapshot()),
      ),
    drifts,
  };
}

/** One unit: its models, and what was lately measured that did not fit. */
class Row {
  readonly cells = new Map<ModelId, Cell>();
  private suspects: number[] = [];
  private speedAt = -1;
  private speedLog = Number.NaN;
  private measured = 0;

  constructor(
    readonly unit: UnitId,
    private readonly alarm: (alarm: DriftAlarm) => void,
  ) {}

  cell(model: ModelId): Cell {
    const found = this.cells.get(model);
    if (found) return found;
    const made = new Cell(model, this.unit);
    this.cells.set(model, made);
    return made;
  }

  observe(cell: Cell, serviceMs: number): void {
    this.measured++;
    const ratio = serviceMs / cell.meanMs;
    if (ratio < cell.most && ratio > cell.least) {
      if (this.suspects.length > 0) this.suspects = [];
      cell.accept(serviceMs, ratio);
    } else if (cell.unsure) cell.accept(serviceMs, 1);
    else this.suspect(cell, ratio);
  }

  private suspect(cell: Cell, ratio: number): void {
    cell.outliers++;
    cell.widen(Math.min(Math.abs(ratio - 1), WIDEST));
    cell.samples++;
    if (this.suspects.length > 0 && this.suspects[0]! > 1 !== ratio > 1) this.suspects = []; // it has one
    this.suspects.push(ratio);
    if (this.suspects.length < DRIFT_RUN) return;
    const factor = [...this.suspects].sort((a, b) => a - b)[DRIFT_RUN >> 1]!; // as many as that
    for (const each of this.cells.values()) each.rescale(factor);
    this.suspects = [];
    this.alarm({ unit: this.unit, factor });
  }

  /** Mean over its measured models of log(milliseconds / weight); NaN without any. */
  logSpeed(weight: ReadonlyMap<ModelId, number>): number {
    if (this.speedAt === this.measured) return this.speedLog;
    let sum = 0;
    let count = 0;
    for (const { model, meanMs, samples } of this.cells.values()) {
      const own = weight.get(model);
      if (samples === 0 || own === undefined) continue;
      sum += Math.log(meanMs / own);
      count++;
    }
    this.speedAt = this.measured;
    this.speedLog = count === 0 ? Number.NaN : sum / count;
    return this.speedLog;
  }
}

/** What was never tried is hoped to be better than it looks, or it would never be tried. */
const HOPE = 0.5;

class Guess implements Profile {
  readonly loadMs = 0;
  readonly samples = 0;
  readonly source = 'guessed' as const;

  constructor(
    readonly model: ModelId,
    readonly unit: UnitId,
    private readonly weight: number,
    private readonly speed: () => number,
  ) {}

  get meanMs(): number {
    return HOPE * this.weight * this.speed();
  }

  get p95Ms(): number {
    return this.meanMs;
  }
}

class Cell implements Profile {
  meanMs = 0;
  loadMs = 0;
  samples = 0;
  outliers = 0;
  source: Profile['source'] = 'measured';
  /** Ratios to the mean between these are not suspect. */
  most = 1 + SUSPECT.share;
  least = 1 / (1 + SUSPECT.share);
  private weight = 0;
  private deviation = 0;
  private givenP95Ms = 0;
  private readonly recent = new Float64Array(WINDOW);
  private seen = 0;

  constructor(
    readonly model: ModelId,
    readonly unit: UnitId,
  ) {}

  start(profile: Profile): void {
    this.meanMs = profile.meanMs;
    this.loadMs = profile.loadMs;
    this.samples = Math.max(1, profile.samples);
    this.source = profile.source;
    this.givenP95Ms = profile.p95Ms;
    this.weight = GIVEN_WEIGHT;
  }

  /** Too little is known to call anything suspect. */
  get unsure(): boolean {
    return this.weight < 3;
  }

  accept(serviceMs: number, ratio: number): void {
    this.weight = Math.min(MEMORY, this.weight + 1);
    this.meanMs += (serviceMs - this.meanMs) / this.weight;
    this.recent[this.seen++ % WINDOW] = serviceMs;
    this.samples++;
    this.source = 'measured';
    if (ratio === 1 && this.deviation === 0) return;
    this.widen(Math.abs(ratio - 1));
  }

  widen(deviation: number): void {
    this.deviation += (deviation - this.deviation) / Math.max(5, this.weight);
    this.most = 1 + Math.max(SUSPECT.share, SUSPECT.deviations * this.deviation);
    this.least = 1 / this.most;
  }

  /** The unit has changed: all that is known of it with it. */
  rescale(factor: number): void {
    this.meanMs *= factor;
    this.givenP95Ms *= factor;
    for (let i = 0; i < Math.min(this.seen, WINDOW); i++) this.recent[i]! *= factor; // inside
    this.weight = Math.min(this.weight, 5);
  }

  get p95Ms(): number {
    return this.quantile(0.95);
  }

  get p50Ms(): number {
    return this.seen === 0 ? this.meanMs : this.quantileOfRecent(0.5);
  }

  get p99Ms(): number {
    return this.quantile(0.99);
  }

  get ciMs(): number {
    const n = Math.min(this.seen, WINDOW);
    if (n < 2) return Number.NaN;
    const values = this.recent.subarray(0, n);
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
    return 1.96 * Math.sqrt(variance / n) * (1 + 1.5 / n); // near Student's for few values
  }

  private quantile(share: number): number {
    return this.seen < 20 ? Math.max(this.givenP95Ms, this.meanMs) : this.quantileOfRecent(share);
  }

  private quantileOfRecent(share: number): number {
    const ascending = this.recent.slice(0, Math.min(this.seen, WINDOW)).sort();
    return ascending[Math.ceil(share * ascending.length) - 1] ?? this.meanMs;
  }

  snapshot(): Profile {
    const { model, unit, meanMs, p50Ms, p95Ms, p99Ms, ciMs, loadMs, samples, outliers, source } = this;
    return { model, unit, meanMs, p50Ms, p95Ms, p99Ms, ciMs, loadMs, samples, outliers, source };
  }
}
