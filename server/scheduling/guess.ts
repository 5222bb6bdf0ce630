import type { ModelId, UnitId } from '../hardware/unit.ts';

/** What is known of models before any unit was measured on them: how heavy each is, in parameters or operations. */
export interface Prior {
  /** Guesses are made for these. */
  readonly units: readonly UnitId[];
  readonly weight: ReadonlyMap<ModelId, number>;
}

export interface KnownTime {
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly meanMs: number;
}

export type Guess = (model: ModelId, unit: UnitId) => number | undefined;

/** log time = level + slope × (log weight − centre): one unit's. */
interface Line {
  readonly slope: number;
  readonly level: number;
  readonly centre: number;
}
interface Point {
  readonly model: ModelId;
  readonly x: number;
  readonly y: number;
}

/** Where nothing at all was measured: a millisecond for a million parameters. */
const NOTHING_KNOWN: Line = { slope: 1, level: 0, centre: Math.log(1e6) };
/** A unit's slope leans on that of all units, and that on 1, as if that were so much of its own (squared logarithms of weight). */
const LEANING = 0.5;

/**
 * Guesses times from known ones: on every unit the logarithm of the time is a line over that of the model's weight. A unit's
 * slope leans on the slope that all share, and that on 1 (twice the weight, twice the time); a unit without a known time
 * is taken for the mean of the others.
 */
export function guessTimes(prior: Prior, known: Iterable<KnownTime>): Guess {
  const perUnit = pointsPerUnit(prior, known);
  const sums = [...perUnit.values()].map(squares);
  const shared = leaning(
    sums.reduce((s, { xy }) => s + xy, 0),
    sums.reduce((s, { xx }) => s + xx, 0),
    1,
  );
  const lines = new Map([...perUnit].map(([unit, points]) => [unit, lineThrough(points, shared)]));
  const elsewhere = lines.size === 0 ? NOTHING_KNOWN : meanLine([...lines.values()], shared);
  return (model, unit) => {
    const weight = prior.weight.get(model);
    if (weight === undefined || !prior.units.includes(unit)) return undefined;
    const { slope, level, centre } = lines.get(unit) ?? elsewhere;
    return Math.exp(level + slope * (Math.log(weight) - centre));
  };
}

function pointsPerUnit(prior: Prior, known: Iterable<KnownTime>): Map<UnitId, Point[]> {
  const perUnit = new Map<UnitId, Point[]>();
  for (const { model, unit, meanMs } of known) {
    const weight = prior.weight.get(model);
    if (weight === undefined) continue;
    const points = perUnit.get(unit) ?? [];
    points.push({ model, x: Math.log(weight), y: Math.log(meanMs) });
    perUnit.set(unit, points);
  }
  return perUnit;
}

function lineThrough(points: readonly Point[], shared: number): Line {
  const { x, y, xy, xx } = squares(points);
  return { slope: leaning(xy, xx, shared), level: y, centre: x };
}

/** Means, and sums of products around them. */
function squares(points: readonly Point[]) {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  return {
    x,
    y,
    xy: points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0),
    xx: points.reduce((sum, point) => sum + (point.x - x) ** 2, 0),
  };
}

const leaning = (xy: number, xx: number, on: number): number => (xy + LEANING * on) / (xx + LEANING);

function meanLine(lines: readonly Line[], slope: number): Line {
  const mean = (of: (line: Line) => number) => lines.reduce((sum, line) => sum + of(line), 0) / lines.length;
  return { slope, level: mean((line) => line.level - slope * line.centre), centre: 0 };
}
