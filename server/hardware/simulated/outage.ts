/** A unit that is away for a while, or for good. Milliseconds since the run's start. */
export interface Outage {
  readonly unit: string;
  readonly fromMs: number;
  /** null: it does not come back. */
  readonly toMs: number | null;
}

/** When it leaves and when it is back. */
export interface Absence {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The unit's absences in order; those that touch or overlap are one. Infinite where it does not come back. */
export function absences(outages: readonly Outage[], unit: string): Absence[] {
  const own = outages
    .filter((outage) => outage.unit === unit)
    .map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const merged: { fromMs: number; toMs: number }[] = [];
  for (const absence of own) {
    const last = merged.at(-1);
    if (last && absence.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, absence.toMs);
    else merged.push({ ...absence });
  }
  return merged;
}
