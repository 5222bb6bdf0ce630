import type { ModelId, UnitId } from '../hardware/unit.ts';
import { quantile } from './quantile.ts';
import { tInterval } from './t-interval.ts';

/** What is known of one model on one unit. Times in milliseconds of service, switching not included. */
export interface Profile {
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Half the 95 % confidence interval of the mean; null while fewer than two measurements tell of it. */
  readonly ciMs: number | null;
  readonly loadMs: number;
  readonly samples: number;
  /** Measurements that stood alone, far from the rest, and were left out of the mean. */
  readonly outliers: number;
  /** `guessed`: from what its unit and its model did elsewhere; it has no sample. */
  readonly source: 'given' | 'measured' | 'guessed';
}

/** A profile as it is handed in: what it does not say of its spread is learned. */
export type KnownProfile = Pick<Profile, 'model' | 'unit' | 'meanMs' | 'p95Ms' | 'loadMs' | 'samples' | 'source'> &
  Partial<Profile>;

/** A given profile weighs as much as this many measurements. */
const GIVEN_WEIGHT = 20;
/** The mean forgets: no measurement ever weighs less than 1/MEMORY. */
const MEMORY = 50;
/** After a drift the level is known from a handful of measurements only. */
const REBASED_WEIGHT = 4;
/** Quantiles and the interval are taken over the last so many. */
const WINDOW = 128;
/** From so few measurements on, quantiles of one's own replace the given ones. */
const OWN_QUANTILES = 20;
/** The first so many of a pair that nothing was known of are averaged around their median: any of them may be the odd one. */
const YOUNG = 5;
const YOUNG_FACTOR = 2.5;
/** Spread is the mean absolute deviation of the logarithm, told by how far each lies from the one before; what it is taken for before anything is seen, and for how much. */
const FIRST_SPREAD = 0.2;
const FIRST_SPREAD_WEIGHT = 4;
const SIGMA_PER_SPREAD = Math.sqrt(Math.PI / 2);
/** Below this a unit is not believed to be steadier. */
const LEAST_SIGMA = 0.0625;
/** Farther from the mean than so many sigmas, a measurement is held back until others bear it out. */
const SUSPECT_SIGMAS = 4;
/** The first that is held back says a little of the spread as well, or a noisy unit would never be known for one. */
const HELD_SPREADS = 2;
/** No single measurement counts for more than this in a test for drift. */
const MOST_SIGMAS = 3;
const LOADS = 5;
/** Nothing takes less than a nanosecond: keeps logarithms finite. */
const LEAST_MS = 1e-6;

/** One pair's online estimate: a forgetting mean that no single odd measurement moves. */
export class Cell implements Profile {
  meanMs = 0;
  samples = 0;
  outliers = 0;
  source: 'given' | 'measured' | 'guessed' = 'measured';
  /** Follows its unit's drift without having been measured since. */
  inherited = false;
  /** Measurements held back in a row on the same side; negative below the mean. */
  held = 0;
  /** What those took. */
  heldMs = 0;
  /** How much of its work the mean is known from; what was given is known for good. */
  knownMs = 0;
  private weight = 0;
  private young = true;
  /** Outliers since the mean last moved: should the level have changed, they were none. */
  private doubted = 0;
  private spread = FIRST_SPREAD;
  /** The last that was averaged in: how far the next lies from it tells of the spread, wherever the level is. */
  private last = 0;
  private spreadWeight = FIRST_SPREAD_WEIGHT;
  private told = { p50Ms: 0, p95Ms: 0, p99Ms: 0, ciMs: null as number | null };
  private readonly recent = new Float64Array(WINDOW);
  private seen = 0;
  private loads: number[] = [];
  private sorted: { readonly seen: number; readonly ascending: Float64Array } | null = null;

  constructor(
    readonly model: ModelId,
    readonly unit: UnitId,
  ) {}

  start(profile: KnownProfile): void {
    const { meanMs, p95Ms, loadMs, samples, source } = profile;
    this.meanMs = Math.max(LEAST_MS, meanMs);
    this.samples = Math.max(1, samples);
    this.outliers = profile.outliers ?? 0;
    this.source = source;
    this.told = {
      p50Ms: profile.p50Ms ?? meanMs,
      p95Ms,
      p99Ms: Math.max(p95Ms, profile.p99Ms ?? p95Ms),
      ciMs: profile.ciMs ?? null,
    };
    this.loads = loadMs > 0 ? [loadMs] : [];
    this.weight = GIVEN_WEIGHT;
    this.young = false;
    this.inherited = false;
    this.held = 0;
    this.doubted = 0;
    this.last = 0;
    this.knownMs = source === 'given' ? Number.POSITIVE_INFINITY : this.samples * this.meanMs;
    this.seen = 0;
    this.sorted = null;
  }

  /**
   * Takes the measurement in and says how many sigmas from the mean it lay, at most MOST_SIGMAS; NaN while too little is known.
   * `standsStill`: the mean learns nothing from it yet.
   */
  observe(ms: number, standsStill = false): number {
    const serviceMs = ms > LEAST_MS ? ms : LEAST_MS;
    this.recent[this.seen++ % WINDOW] = serviceMs;
    this.samples++;
    this.source = 'measured';
    if (this.young) return this.grow();
    if (serviceMs === this.meanMs) return this.accept(serviceMs);
    const deviation = Math.log(serviceMs / this.meanMs);
    const sigma = this.sigma;
    const z = deviation / sigma;
    if (z > SUSPECT_SIGMAS || z < -SUSPECT_SIGMAS)
      this.hold(z > 0 ? 1 : -1, Math.max(serviceMs, this.meanMs), standsStill);
    else if (standsStill) this.held = 0;
    else this.accept(serviceMs);
    return z > MOST_SIGMAS ? MOST_SIGMAS : z < -MOST_SIGMAS ? -MOST_SIGMAS : z;
  }

  observeLoad(loadMs: number): void {
    if (this.loads.push(loadMs) > LOADS) this.loads.shift();
  }

  /** The level has changed by this factor, to that mean. The last `fresh` measurements were made at the new one already. */
  rebase(meanMs: number, factor: number, fresh: number, lastedMs: number): void {
    this.meanMs = meanMs;
    this.weight = Math.min(this.weight, REBASED_WEIGHT);
    this.outliers -= this.doubted;
    this.doubted = 0;
    this.last = 0;
    this.held = 0;
    this.inherited = fresh === 0;
    this.knownMs = fresh === 0 ? 0 : lastedMs;
    const { p50Ms, p95Ms, p99Ms } = this.told;
    this.told = { p50Ms: p50Ms * factor, p95Ms: p95Ms * factor, p99Ms: p99Ms * factor, ciMs: null };
    for (let back = fresh; back < Math.min(this.seen, WINDOW); back++) {
      const place = (this.seen - 1 - back) % WINDOW;
      this.recent[place] = this.recent[place]! * factor; // within the window
    }
    this.sorted = null;
  }

  /** The ratio of the measurements held back to the mean: their middle one. */
  get heldRatio(): number {
    const last = Array.from(
      { length: Math.min(WINDOW, Math.abs(this.held)) },
      (_, back) => this.recent[(this.seen - 1 - back) % WINDOW]!,
    );
    return (
      quantile(
        last.sort((a, b) => a - b),
        0.5,
      ) / this.meanMs
    );
  }

  /** Median of the last few. */
  get loadMs(): number {
    return this.loads.length === 0
      ? 0
      : quantile(
          [...this.loads].sort((a, b) => a - b),
          0.5,
        );
  }

  get p50Ms(): number {
    return this.ownQuantile(0.5) ?? this.told.p50Ms;
  }

  get p95Ms(): number {
    return this.ownQuantile(0.95) ?? Math.max(this.told.p95Ms, this.meanMs);
  }

  get p99Ms(): number {
    return this.ownQuantile(0.99) ?? Math.max(this.told.p99Ms, this.meanMs);
  }

  get ciMs(): number | null {
    return tInterval(this.usual)?.half ?? this.told.ciMs;
  }

  snapshot(): Profile {
    const { model, unit, meanMs, p50Ms, p95Ms, p99Ms, ciMs, loadMs, samples, outliers, source } = this;
    return { model, unit, meanMs, p50Ms, p95Ms, p99Ms, ciMs, loadMs, samples, outliers, source };
  }

  private get sigma(): number {
    const sigma = SIGMA_PER_SPREAD * this.spread;
    return sigma > LEAST_SIGMA ? sigma : LEAST_SIGMA;
  }

  private accept(ms: number): number {
    if (this.weight < MEMORY) this.weight++;
    this.meanMs += (ms - this.meanMs) / this.weight;
    this.knownMs += ms;
    if (this.last > 0) this.learnSpread(this.last === ms ? 0 : Math.abs(Math.log(ms / this.last)) * Math.SQRT1_2);
    this.last = ms;
    this.held = 0;
    this.doubted = 0;
    this.inherited = false;
    return 0;
  }

  private hold(side: 1 | -1, ms: number, standsStill: boolean): void {
    this.outliers++;
    this.doubted++;
    const goesOn = Math.sign(this.held) === side;
    this.held = goesOn ? this.held + side : side;
    this.heldMs = goesOn ? this.heldMs + ms : ms;
    if (!standsStill && !goesOn) this.learnSpread(HELD_SPREADS * this.spread);
  }

  private learnSpread(deviation: number): void {
    if (this.spreadWeight < MEMORY) this.spreadWeight++;
    this.spread += (deviation - this.spread) / this.spreadWeight;
  }

  private grow(): number {
    const first = this.recent.slice(0, this.seen).sort();
    const middle = first[(first.length - 1) >> 1]!; // there is one
    this.meanMs = 0;
    this.weight = 0;
    for (const ms of first)
      if (ms <= middle * YOUNG_FACTOR && ms >= middle / YOUNG_FACTOR) this.meanMs += (ms - this.meanMs) / ++this.weight;
    this.outliers = first.length - this.weight;
    this.knownMs = this.weight * this.meanMs;
    this.young = this.seen < YOUNG;
    return Number.NaN;
  }

  private ownQuantile(share: number): number | undefined {
    const told = this.told.p95Ms > 0;
    const enough = this.usual.length > 0 && this.seen >= (told ? OWN_QUANTILES : 1);
    return enough ? quantile(this.usual, share) : undefined;
  }

  /** The last measurements, ascending, without those that nothing bore out. */
  private get usual(): Float64Array {
    if (this.sorted?.seen !== this.seen) {
      const limit = Math.exp(SUSPECT_SIGMAS * this.sigma);
      const last = this.recent.slice(0, Math.min(this.seen, WINDOW));
      const usual = last.filter((ms) => ms <= this.meanMs * limit && ms >= this.meanMs / limit);
      this.sorted = { seen: this.seen, ascending: usual.sort() };
    }
    return this.sorted.ascending;
  }
}
