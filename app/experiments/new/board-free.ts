import type { ExperimentView, LiveState } from '../../../server/panel/wire.ts';

/** Who has the board at the moment. */
export interface Busy {
  readonly experiment: ExperimentView;
  /** Until that experiment is over, by its pace so far; null: not known yet. */
  readonly leftMs: number | null;
  /** Experiments in line behind it. */
  readonly waiting: number;
}

/** Null: whatever is launched begins at once. */
export function busyNow(state: LiveState | null, experiments: readonly ExperimentView[]): Busy | null {
  const experiment =
    experiments.find(({ id }) => id === state?.experiment) ?? experiments.find(({ status }) => status === 'running');
  if (!experiment) return null;
  return { experiment, leftMs: leftMs(state, experiment), waiting: state?.queuedExperiments ?? 0 };
}

/** What is left of the present run, and as long as the runs so far took for each that has not begun. */
function leftMs(state: LiveState | null, { runs }: ExperimentView): number | null {
  const live = state?.run;
  if (!live) return null;
  const wholeMs = live.done > 0 ? (live.total * live.elapsedMs) / live.done : null;
  const over = runs.flatMap(({ makespanMs }) => makespanMs ?? []);
  const known = wholeMs === null ? over : [...over, wholeMs];
  if (known.length === 0) return null;
  const meanMs = known.reduce((sum, ms) => sum + ms, 0) / known.length;
  const toCome = runs.filter(({ status, id }) => status === 'queued' && id !== live.run).length;
  return Math.max(0, (wholeMs ?? meanMs) - live.elapsedMs) + toCome * meanMs;
}
