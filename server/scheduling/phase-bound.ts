import { minimise } from './linear-program.ts';
import { pairsOf, type Times } from './routing.ts';

/** A time in which every unit keeps its pace. */
interface Phase {
  /** Milliseconds; the last one has no end. */
  readonly lengthMs: number;
  /** What each unit's service times are multiplied with. */
  readonly slowness: readonly number[];
}

/** The phases that the moments cut the run into. `moments`: where some unit changes its pace, in milliseconds. */
export function phasesOf(moments: readonly number[], slowness: (atMs: number) => readonly number[]): Phase[] {
  const cuts = [...new Set(moments.filter((ms) => ms > 0 && Number.isFinite(ms)))].sort((a, b) => a - b);
  const starts = [0, ...cuts];
  return starts.map((from, i) => ({
    lengthMs: (starts[i + 1] ?? Number.POSITIVE_INFINITY) - from,
    slowness: slowness(from),
  }));
}

/**
 * The least time in which a batch can be done if every phase runs at its own capacity: as few phases as are enough, the last
 * of them as short as a linear program can make it. `null`: some asked-for model runs nowhere.
 */
export function phaseBoundMs(ms: Times, jobs: readonly number[], phases: readonly Phase[]): number | null {
  let passedMs = 0;
  for (let last = 0; last < phases.length; last++) {
    const lengthMs = phases[last]!.lengthMs; // last < phases
    const neededMs = lastPhaseMs(ms, jobs, phases.slice(0, last + 1));
    if (neededMs !== null && neededMs <= lengthMs) return passedMs + neededMs;
    passedMs += lengthMs;
  }
  return null;
}

/** How long the last of the phases must be; `null`: no length is enough. */
function lastPhaseMs(ms: Times, jobs: readonly number[], phases: readonly Phase[]): number | null {
  const pairs = pairsOf(ms, jobs);
  const count = pairs.model.length;
  const units = ms[0]?.length ?? 0;
  const width = count * phases.length + 1;
  const models = ms.map(() => new Float64Array(width));
  const times = phases.map(() => Array.from({ length: units }, () => new Float64Array(width)));
  phases.forEach((phase, i) => {
    pairs.model.forEach((m, j) => {
      const u = pairs.unit[j]!; // one per pair
      models[m]![i * count + j] = -1; // a row per model
      times[i]![u]![i * count + j] = ms[m]![u]! * phase.slowness[u]!; // a row per phase and unit; pairs have times
    });
  });
  for (const row of times.at(-1) ?? []) row[width - 1] = -1;
  const lengths = phases.flatMap((phase, i) =>
    Array.from({ length: units }, () => (i === phases.length - 1 ? 0 : phase.lengthMs)),
  );
  const c = Array.from({ length: width }, (_, j) => (j === width - 1 ? 1 : 0));
  return minimise({ c, A: [...models, ...times.flat()], b: [...jobs.map((n) => -n), ...lengths] })?.value ?? null;
}
