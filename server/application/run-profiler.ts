import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type Drift, type KnownProfile, type Profile, type Profiler } from '../scheduling/profiler.ts';
import { LASTING_MS } from '../scheduling/unit-drift.ts';
import { isWorthSaying } from './worth-saying.ts';

/** What a run measured of one pair. */
export interface Found {
  readonly profile: Profile;
  /** How often it was measured in this run; the profile's own samples tell of earlier ones as well. */
  readonly times: number;
  /** Its speed changed lastingly while the run went on. */
  readonly drifted: boolean;
}

export interface RunProfiler {
  readonly profiler: Profiler;
  /** Of the pairs that the run measured. */
  found(): Found[];
}

/** A profiler that remembers what was known when its run began. */
export function createRunProfiler(known: readonly KnownProfile[], heard: (drift: Drift) => void): RunProfiler {
  const before = new Map(known.map((profile) => [pair(profile), profile.samples]));
  const drifts: Drift[] = [];
  const profiler = createProfiler(known, undefined, (drift) => {
    drifts.push(drift);
    heard(drift);
  });
  const hasDrifted = (unit: UnitId, model: ModelId) =>
    drifts.some((drift) => drift.unit === unit && (drift.models?.includes(model) ?? true));
  return {
    profiler,
    found: () =>
      profiler.profiles().flatMap((profile) => {
        const times = profile.samples - (before.get(pair(profile)) ?? 0);
        return times > 0 ? [{ profile, times, drifted: hasDrifted(profile.unit, profile.model) }] : [];
      }),
  };
}

/** A mean forgets what is farther back than so many measurements: more of them know no more. */
const AS_WELL_AS_CAN_BE = 50;
/** One or two of the longest jobs last long enough, and may both be odd ones. */
const FEWEST = 3;

/** Whether what a run found is to take the place of what is kept: it knows it as well, or knows that it has changed. */
export function isBetterKnown({ profile, times, drifted }: Found, kept: Profile | undefined): boolean {
  if (kept?.source !== 'measured') return true;
  if (times >= Math.min(kept.samples, AS_WELL_AS_CAN_BE)) return true;
  const lasted = times >= FEWEST && times * profile.meanMs >= LASTING_MS.slower;
  return isWorthSaying(profile.meanMs / kept.meanMs) && (drifted || lasted);
}

const pair = ({ unit, model }: KnownProfile): string => `${unit} ${model}`;
