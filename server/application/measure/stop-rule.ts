import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { createProfiler, type Profile } from '../../scheduling/profiler.ts';

/** When a measurement has begun to count, and when it is good enough. */
export interface StopRule {
  /** Runs that are thrown away at most; fewer once two in a row agree. */
  readonly warmUps: number;
  readonly least: number;
  readonly most: number;
  /** Half the 95 % interval, as a share of the mean: narrower is good enough. */
  readonly ciShare: number;
  /** Milliseconds of service that one measurement may take; the least number of samples is taken in any case. */
  readonly budgetMs: number;
}

export const THOROUGH: StopRule = { warmUps: 5, least: 5, most: 50, ciShare: 0.02, budgetMs: 5000 };
/** For a first profile: each run then adds its own. */
export const QUICK: StopRule = { warmUps: 2, least: 3, most: 10, ciShare: 0.05, budgetMs: 1500 };

export interface Sampling {
  /** Takes a measurement in; `enough` when there need be no more. */
  take(ms: number): 'warming' | 'sampling' | 'enough';
  /** `undefined` while it is warming. */
  profile(): Profile | undefined;
}

/** A mean and half its 95 % interval; `null`: not known. */
export interface Estimated {
  readonly meanMs: number;
  readonly ciMs: number | null;
}

/** Half the interval of a difference or a sum of two that were measured apart; `null` as soon as one is not known. */
export const bothUnsure = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.hypot(a, b);

/** Two in a row agree within this share. */
const AGREE = 0.05;

/** One thing measured again and again: warm-up, then samples until the mean is known well enough. */
export function createSampling(rule: StopRule, model: ModelId, unit: UnitId): Sampling {
  const profiler = createProfiler([]);
  let last = Number.NaN;
  let warmUps = 0;
  let warm = rule.warmUps === 0;
  let spentMs = 0;
  return {
    take(ms) {
      if (!warm) {
        warm = ++warmUps >= rule.warmUps || Math.abs(ms / last - 1) <= AGREE;
        last = ms;
        return 'warming';
      }
      profiler.observe(model, unit, ms);
      spentMs += ms;
      return isEnough(rule, profiler.profile(model, unit)!, spentMs) ? 'enough' : 'sampling'; // it was just observed
    },
    profile: () => profiler.profiles()[0],
  };
}

function isEnough(rule: StopRule, { samples, ciMs, meanMs }: Profile, spentMs: number): boolean {
  if (samples < Math.min(rule.least, 2)) return false;
  if (samples >= rule.most || spentMs >= rule.budgetMs) return true;
  return samples >= rule.least && ciMs !== null && ciMs <= rule.ciShare * meanMs;
}
