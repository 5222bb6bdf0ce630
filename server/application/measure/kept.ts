import type { UnitOptions } from '../../hardware/board.ts';
import type { MachineNow } from '../../hardware/machine-now.ts';
import type { UnitId } from '../../hardware/unit.ts';
import type { KnownProfile, Profile } from '../../scheduling/profiler.ts';
import type { SwitchCost } from './switching.ts';
import type { CoRun } from './together.ts';

/** What was so while something was measured: another figure under other conditions is no contradiction. */
export interface MeasuringConditions {
  /** In the middle of a run, when a person asked for it, or at first sight. */
  readonly during: 'run' | 'measuring' | 'first';
  /** The run it was. */
  readonly run: number | null;
  /** Other units that were at work. */
  readonly beside: readonly string[];
  readonly threads: number;
  /** null: all. */
  readonly cores: readonly number[] | null;
  readonly governor: string | null;
  readonly temperatureC: number | null;
  /** The product's own. */
  readonly version: string;
}

/** When, and under what conditions. `null`: from before that was kept. */
export interface Measured {
  /** ISO. */
  readonly measuredAt: string;
  readonly conditions: MeasuringConditions | null;
}
export type KeptProfile = Profile & Measured;
export type KeptSwitchCost = SwitchCost & Measured;
export type KeptCoRun = CoRun & Measured;

/** What was measured of units besides their times. */
export interface Measurements {
  readonly switchCosts: readonly KeptSwitchCost[];
  readonly coRuns: readonly KeptCoRun[];
}

/** Where it is measured. */
interface Surroundings {
  /** As it was looked at last; null: not yet. */
  machine(): Pick<MachineNow, 'governor' | 'temperatureC'> | null;
  version(): string;
}

export function measuredNow(
  during: MeasuringConditions['during'],
  options: UnitOptions,
  { machine, version }: Surroundings,
  run: { readonly id: number; readonly beside: readonly UnitId[] } | null = null,
): Measured {
  const { threads, cores } = options;
  const { governor = null, temperatureC = null } = machine() ?? {};
  return {
    measuredAt: new Date().toISOString(),
    conditions: {
      ...{ during, run: run?.id ?? null, beside: run?.beside ?? [] },
      ...{ threads, cores, governor, temperatureC, version: version() },
    },
  };
}

/** A profile with every figure filled in. */
export const wholeProfile = (profile: KnownProfile): Profile => ({
  ...{ p50Ms: profile.meanMs, p99Ms: profile.p95Ms, ciMs: null, outliers: 0 },
  ...profile,
});

/** Takes the place of what was measured of the same before. */
export function renewed<T extends Measured>(old: readonly T[], fresh: readonly T[], key: (one: T) => string): T[] {
  const keys = new Set(fresh.map(key));
  return [...old.filter((one) => !keys.has(key(one))), ...fresh];
}

export const switchKey = ({ unit, from, to }: SwitchCost): string => `${unit} ${from} ${to}`;
export const coRunKey = ({ unit, beside }: CoRun): string => `${unit} ${beside}`;
