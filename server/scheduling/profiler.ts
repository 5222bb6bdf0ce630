import type { ModelId, UnitId } from '../hardware/unit.ts';

/** What is known of one model on one unit. Times in milliseconds of service, switching not included. */
export interface Profile {
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly loadMs: number;
  readonly samples: number;
  readonly source: 'given' | 'measured';
}

export interface Profiler {
  /** `undefined`: never given and never measured. */
  profile(model: ModelId, unit: UnitId): Profile | undefined;
  observe(model: ModelId, unit: UnitId, serviceMs: number): void;
  observeLoad(model: ModelId, unit: UnitId, loadMs: number): void;
  /** Puts what was learned elsewhere in the place of what is known here. */
  replace(profile: Profile): void;
  profiles(): Profile[];
}

/** What is known of models that nothing was measured of: their weights, such as parameters, in any unit. */
export interface Prior {
  readonly units: readonly UnitId[];
  readonly weight: ReadonlyMap<ModelId, number>;
}

const guess = (model: ModelId, unit: UnitId, weight: number): Profile => {
  const meanMs = weight / 1e6;
  return { model, unit, meanMs, p95Ms: meanMs, loadMs: 0, samples: 0, source: 'given' };
};

/** A given profile weighs as much as this many measurements. */
const GIVEN_WEIGHT = 20;
/** The mean forgets: no measurement ever weighs less than 1/MEMORY. */
const MEMORY = 50;
/** p95 is taken over the last so many. */
const WINDOW = 64;

/**
 * Learns service times as they happen: an exponentially forgetting mean that starts as the plain mean, and the p95 of the
 * last measurements. A measurement equal to the mean leaves it bit for bit as it was, so exact tables stay exact.
 */
export function createProfiler(known: Iterable<Profile>, prior?: Prior): Profiler {
  const guesses = new Map<UnitId, Map<ModelId, Profile>>(
    prior?.units.map((unit) => [
      unit,
      new Map([...prior.weight].map(([model, weight]) => [model, guess(model, unit, weight)])),
    ]),
  );
  const cells = new Map<UnitId, Map<ModelId, Cell>>();
  const create = (model: ModelId, unit: UnitId): Cell => {
    const made = new Cell(model, unit);
    cells.set(unit, (cells.get(unit) ?? new Map<ModelId, Cell>()).set(model, made));
    return made;
  };
  const cell = (model: ModelId, unit: UnitId): Cell => cells.get(unit)?.get(model) ?? create(model, unit);
  for (const profile of known) cell(profile.model, profile.unit).start(profile);
  return {
    profile(model, unit) {
      const found = cells.get(unit)?.get(model);
      return found && found.samples > 0 ? found : guesses.get(unit)?.get(model);
    },
    observe: (model, unit, serviceMs) => cell(model, unit).observe(serviceMs),
    observeLoad(model, unit, loadMs) {
      cell(model, unit).loadMs = loadMs;
    },
    replace: (profile) => cell(profile.model, profile.unit).start(profile),
    profiles: () =>
      [...cells.values()].flatMap((row) => [...row.values()].filter((c) => c.samples > 0).map((c) => c.snapshot())),
  };
}

class Cell implements Profile {
  meanMs = 0;
  loadMs = 0;
  samples = 0;
  source: 'given' | 'measured' = 'measured';
  private weight = 0;
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

  observe(serviceMs: number): void {
    this.weight = Math.min(MEMORY, this.weight + 1);
    this.meanMs += (serviceMs - this.meanMs) / this.weight;
    this.recent[this.seen++ % WINDOW] = serviceMs;
    this.samples++;
    this.source = 'measured';
  }

  get p95Ms(): number {
    if (this.seen < 20) return Math.max(this.givenP95Ms, this.meanMs);
    const ascending = this.recent.slice(0, Math.min(this.seen, WINDOW)).sort();
    return ascending[Math.ceil(0.95 * ascending.length) - 1] ?? this.meanMs;
  }

  snapshot(): Profile {
    const { model, unit, meanMs, p95Ms, loadMs, samples, source } = this;
    return { model, unit, meanMs, p95Ms, loadMs, samples, source };
  }
}
