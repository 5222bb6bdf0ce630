/** What a machine's sensors say at one moment, as far as it bears on its speed. */
export interface Readings {
  readonly clusters: readonly {
    readonly governor: string | null;
    readonly nowKHz: number | null;
    /** The most that it may run at for now. */
    readonly heldKHz: number | null;
    readonly maxKHz: number;
  }[];
  readonly zones: readonly { readonly type: string; readonly milliC: number; readonly passive: readonly number[] }[];
  /** How hard each brake is pulled; 0: not. */
  readonly brakes: readonly number[];
}

/** Heat holds the machine back. */
export interface Throttling {
  /** Of its full clock, of the cluster that is held back most; 1 where only a brake says so. */
  readonly share: number;
  /** The place that is too hot; null where none says that it is. */
  readonly zone: string | null;
  readonly temperatureC: number | null;
}

/** A zone that is being cooled swings about its trip point. */
const HYSTERESIS_MILLI_C = 2000;
/** With the governor `performance` the clock stands at its highest; the last steps may be the kernel's rounding. */
const WELL_BELOW = 0.9;

/**
 * Throttled is a machine on which the kernel pulls a brake (a cooling device that slows a processor or an accelerator down,
 * not a fan, has a state above 0), or which is as hot as the lowest trip point of a zone and at the same time has a cluster
 * that may not run at its full clock (`scaling_max_freq` below `cpuinfo_max_freq`), or that does not although its governor is
 * `performance`. A clock that is held without any heat is a person's wish; one that is low without `performance` is idleness.
 */
export function throttlingOf({ clusters, zones, brakes }: Readings): Throttling | null {
  const hot = zones.filter(
    ({ milliC, passive }) => passive[0] !== undefined && milliC >= passive[0] - HYSTERESIS_MILLI_C,
  );
  const hottest = hot.reduce<(typeof hot)[number] | null>((a, b) => (a && a.milliC >= b.milliC ? a : b), null);
  const braked = brakes.some((state) => state > 0);
  const shares = clusters.map(heldShare);
  const share = Math.min(1, ...(hottest || braked ? shares : []));
  if (!braked && share >= 1) return null;
  return {
    share,
    zone: hottest?.type ?? null,
    temperatureC: hottest && Math.round(hottest.milliC / 100) / 10,
  };
}

function heldShare({ governor, nowKHz, heldKHz, maxKHz }: Readings['clusters'][number]): number {
  const held = Math.min(1, (heldKHz ?? maxKHz) / maxKHz);
  const now = governor === 'performance' && nowKHz !== null ? nowKHz / maxKHz : 1;
  return now < held * WELL_BELOW ? now : held;
}
