import * as z from 'zod';
import type { Result } from '../brand.ts';
import type { TraceJobs } from './arrivals.ts';

/** A recorded stream holds at most so many jobs, which is also the most that a run holds. */
export const MOST_TRACE_JOBS = 1_000_000;

const line = z.object(
  {
    atMs: z.number('atMs is a number of milliseconds').min(0, 'atMs is not negative'),
    model: z.string('model is a name'),
    deadlineMs: z.number('deadlineMs is a number of milliseconds').positive('deadlineMs is more than 0').nullish(),
  },
  'a job is {"atMs","model","deadlineMs"?}',
);

/**
 * A recorded stream from JSON Lines: `{"atMs","model","deadlineMs"?}`, in any order. `atMs` counts from the run's start,
 * `deadlineMs` from the job's arrival. Jobs of one moment keep the order of their lines; empty lines are skipped. What is
 * wrong is one sentence with the number of the line.
 */
export function readTrace(text: string, models: readonly string[], mostJobs = MOST_TRACE_JOBS): Result<TraceJobs> {
  const place = new Map(models.map((model, m) => [model, m]));
  const reading = read(text, (model) => place.get(model), mostJobs);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The same, of whatever models it names, in the order in which it names them; others have their turn meanwhile. */
export async function surveyTrace(
  text: string,
  mostJobs: number,
): Promise<Result<{ models: string[]; jobs: TraceJobs }>> {
  const models: string[] = [];
  const place = new Map<string, number>();
  const placed = (model: string) => {
    if (!place.has(model) && models.length < MOST_MODELS) place.set(model, models.push(model) - 1);
    return place.get(model);
  };
  const reading = read(text, placed, mostJobs);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value.ok ? { ok: true, value: { models, jobs: step.value.value } } : step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A run has at most so many. */
const MOST_MODELS = 32;

type Place = (model: string) => number | undefined;

/** So many lines take a few milliseconds. */
const LINES_AT_ONCE = 1000;

/** Rests now and then, for whoever has other things to do. */
function* read(text: string, place: Place, mostJobs: number): Generator<undefined, Result<TraceJobs>> {
  const rows: Row[] = [];
  let from = 0;
  for (let line = 1; from <= text.length; line++) {
    if (line % LINES_AT_ONCE === 0) yield;
    const end = text.indexOf('\n', from);
    const written = text.slice(from, end < 0 ? undefined : end);
    from = end < 0 ? text.length + 1 : end + 1;
    if (written.trim() === '') continue;
    if (rows.length >= mostJobs) return { ok: false, error: `it has more than ${mostJobs} jobs` };
    const row = readLine(written, place);
    if (typeof row === 'string') return { ok: false, error: `line ${line}: ${row}` };
    rows.push(row);
  }
  if (rows.length === 0) return { ok: false, error: 'it has no jobs' };
  return { ok: true, value: columnsOf(rows.sort((a, b) => a.atMs - b.atMs)) }; // the sort is stable
}

interface Row {
  readonly atMs: number;
  readonly model: number;
  readonly withinMs: number;
}

function readLine(written: string, place: Place): Row | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return 'it is not JSON';
  }
  const job = line.safeParse(value);
  if (!job.success) return job.error.issues[0]?.message ?? 'it is not a job';
  const model = place(job.data.model);
  if (model === undefined) return `there is no model "${job.data.model}" here`;
  return { atMs: job.data.atMs, model, withinMs: job.data.deadlineMs ?? Number.POSITIVE_INFINITY };
}

const columnsOf = (rows: readonly Row[]): TraceJobs => ({
  atMs: Float64Array.from(rows, (row) => row.atMs),
  model: Uint8Array.from(rows, (row) => row.model),
  ...(rows.some((row) => row.withinMs < Number.POSITIVE_INFINITY)
    ? { withinMs: Float64Array.from(rows, (row) => row.withinMs) }
    : {}),
});

/** The first so many of its jobs. */
export const firstJobs = ({ atMs, model, withinMs }: TraceJobs, jobs: number): TraceJobs => ({
  atMs: atMs.subarray(0, jobs),
  model: model.subarray(0, jobs),
  ...(withinMs ? { withinMs: withinMs.subarray(0, jobs) } : {}),
});

/** Jobs of each model. */
export const traceCounts = (jobs: TraceJobs, models: readonly unknown[]): number[] => {
  const counts = models.map(() => 0);
  for (const m of jobs.model) counts[m]!++; // model indexes models
  return counts;
};
