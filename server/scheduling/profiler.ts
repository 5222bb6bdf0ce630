import type { ModelId, UnitId } from '../hardware/unit.ts';
import { type Guess, guessTimes, type Prior } from './guess.ts';
import { Cell, type KnownProfile, type Profile } from './profile-cell.ts';
import { createUnitDrift, type Drift } from './unit-drift.ts';

export type { Drift, KnownProfile, Prior, Profile };

export interface Profiler {
  /** `undefined`: never given, never measured, and nothing to guess it from. */
  profile(model: ModelId, unit: UnitId): Profile | undefined;
  observe(model: ModelId, unit: UnitId, serviceMs: number): void;
  observeLoad(model: ModelId, unit: UnitId, loadMs: number): void;
  /** Puts what was learned elsewhere in the place of what is known here. */
  replace(profile: KnownProfile): void;
  /** What was given or measured; guesses are not among them. */
  profiles(): Profile[];
  /** How many lasting changes of speed were noticed so far. */
  readonly drifts: number;
}

/**
 * Learns service times as they happen, each pair in its own [cell](profile-cell.ts): a forgetting mean that one odd measurement
 * does not move, and quantiles of the last measurements. A lasting change of a unit's speed is [noticed](unit-drift.ts) once it has
 * lasted for a second of work, and told. With a prior, pairs that nothing is known of are [guessed](guess.ts) from what is.
 */
export function createProfiler(
  known: Iterable<KnownProfile>,
  prior?: Prior,
  drifted: (drift: Drift) => void = () => {},
): Profiler {
  const rows = new Map<UnitId, Row>();
  let changes = 0;
  const alarm = (drift: Drift) => {
    profiler.drifts++;
    drifted(drift);
  };
  const rowOf = (unit: UnitId): Row => {
    const found = rows.get(unit);
    if (found) return found;
    const cells = new Map<ModelId, Cell>();
    const row = { cells, drift: createUnitDrift(unit, () => cells.values(), alarm) };
    rows.set(unit, row);
    return row;
  };
  const cellIn = ({ cells }: Row, model: ModelId, unit: UnitId): Cell => {
    const found = cells.get(model);
    if (found) return found;
    const made = new Cell(model, unit);
    cells.set(model, made);
    return made;
  };
  const cell = (model: ModelId, unit: UnitId): Cell => cellIn(rowOf(unit), model, unit);
  const knownCells = () => [...rows.values()].flatMap(({ cells }) => [...cells.values()].filter((c) => c.samples > 0));
  const guessed = prior && createGuesses(prior, knownCells);
  for (const profile of known) cell(profile.model, profile.unit).start(profile);
  const profiler = {
    drifts: 0,
    profile(model: ModelId, unit: UnitId) {
      const found = rows.get(unit)?.cells.get(model);
      return found && found.samples > 0 ? found : guessed?.(model, unit, changes);
    },
    observe(model: ModelId, unit: UnitId, serviceMs: number) {
      const row = rowOf(unit);
      const own = cellIn(row, model, unit);
      changes++;
      const meanMs = own.meanMs;
      row.drift.observe(own, serviceMs, meanMs, own.observe(serviceMs, row.drift.suspects));
    },
    observeLoad: (model: ModelId, unit: UnitId, loadMs: number) => cell(model, unit).observeLoad(loadMs),
    replace(profile: KnownProfile) {
      changes++;
      cell(profile.model, profile.unit).start(profile);
    },
    profiles: () => knownCells().map((known) => known.snapshot()),
  };
  return profiler;
}

interface Row {
  readonly cells: Map<ModelId, Cell>;
  readonly drift: ReturnType<typeof createUnitDrift>;
}

/** What was never tried is hoped to be better than it looks, or it would never be tried. */
const HOPE = 0.5;

/** Made anew whenever something was measured since. */
function createGuesses(prior: Prior, known: () => readonly Cell[]) {
  let guess: Guess = () => undefined;
  let madeAt = -1;
  return (model: ModelId, unit: UnitId, changes: number): Profile | undefined => {
    if (madeAt !== changes) guess = guessTimes(prior, known());
    madeAt = changes;
    const ms = guess(model, unit);
    return ms === undefined ? undefined : guessedProfile(model, unit, HOPE * ms);
  };
}

const guessedProfile = (model: ModelId, unit: UnitId, ms: number): Profile => ({
  ...{ model, unit, meanMs: ms, p50Ms: ms, p95Ms: ms, p99Ms: ms },
  ...{ ciMs: null, loadMs: 0, samples: 0, outliers: 0, source: 'guessed' as const },
});
