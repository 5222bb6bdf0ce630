import type { DoneJob, FailedJob, RunningJob } from '../scheduling/job.ts';
import { emptyColumns, OUTCOMES, type Outcome, type TraceColumns } from './trace.ts';

/** Writes a run down as it happens; rows are numbered from 0 without a gap. */
export interface Recorder {
  readonly rows: number;
  done(job: DoneJob): void;
  failed(job: FailedJob): void;
  lost(job: RunningJob, endMs: number): void;
  /** Rows from `firstSeq` on, as views that the next row may move: encode or read them at once. */
  since(firstSeq: number): TraceColumns;
}

/** `originMs`: the run's first moment on the clock that stamped the jobs. `expected`: rows to make room for. */
export function createRecorder(
  units: readonly string[],
  models: readonly string[],
  originMs: number,
  expected: number,
): Recorder {
  const unitIndex = new Map<string, number>(units.map((unit, u) => [unit, u]));
  const modelIndex = new Map<string, number>(models.map((model, m) => [model, m]));
  let columns = emptyColumns(Math.max(16, expected), 0);
  let rows = 0;
  const write = (
    job: DoneJob | FailedJob,
    outcome: Outcome,
    times: { startMs: number; loadMs: number; switched: boolean },
  ) => {
    if (rows === columns.rows) columns = grown(columns);
    columns.job[rows] = job.id;
    columns.model[rows] = modelIndex.get(job.model) ?? 255;
    columns.unit[rows] = job.unit === null ? 255 : (unitIndex.get(job.unit) ?? 255);
    columns.outcome[rows] = OUTCOMES.indexOf(outcome);
    columns.attempt[rows] = job.attempt;
    columns.switched[rows] = times.switched ? 1 : 0;
    columns.input[rows] = job.input;
    columns.arrivalMs[rows] = job.arrivalMs - originMs;
    columns.dispatchMs[rows] = job.dispatchMs - originMs;
    columns.startMs[rows] = times.startMs - originMs;
    columns.endMs[rows] = job.endMs - originMs;
    columns.loadMs[rows] = times.loadMs;
    rows++;
  };
  const never = (job: FailedJob, outcome: Outcome) =>
    write(job, outcome, { startMs: job.dispatchMs, loadMs: 0, switched: false });
  return {
    get rows() {
      return rows;
    },
    done: (job) => write(job, 'done', job),
    failed: (job) => never(job, 'failed'),
    lost: (job, endMs) => never({ ...job, endMs, error: '' }, 'lost'),
    since: (firstSeq) => slice(columns, firstSeq, rows),
  };
}

function grown(columns: TraceColumns): TraceColumns {
  const larger = emptyColumns(columns.rows * 2, columns.firstSeq);
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column !== 'number')
      (larger[name as keyof TraceColumns] as unknown as Float64Array).set(column as Float64Array);
  }
  return larger;
}

function slice(columns: TraceColumns, from: number, to: number): TraceColumns {
  const part: Record<string, unknown> = { rows: to - from, firstSeq: from };
  for (const [name, column] of Object.entries(columns))
    if (typeof column !== 'number') part[name] = column.subarray(from, to);
  return part as unknown as TraceColumns;
}
