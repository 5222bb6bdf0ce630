import type { DoneJob, FailedJob, RunningJob } from '../scheduling/job.ts';
import { REASONS, type Why } from '../scheduling/reason.ts';
import { copyRows, emptyColumns, OUTCOMES, sliceRows, type TraceColumns, UNEXPLAINED } from './trace.ts';

const [DONE, FAILED, LOST] = [OUTCOMES.indexOf('done'), OUTCOMES.indexOf('failed'), OUTCOMES.indexOf('lost')];

/** Writes a run down as it happens; rows are numbered from 0 without a gap. */
export interface Recorder {
  readonly rows: number;
  done(job: DoneJob): void;
  failed(job: FailedJob): void;
  lost(job: RunningJob, endMs: number): void;
  /** Rows from `firstSeq` on, as views that the next row may move: encode or read them at once. */
  since(firstSeq: number): TraceColumns;
}

/** `originMs`: the run's first moment on the clock that stamped the jobs. `expected`: rows to make room for. `explained`: with reasons and alternatives. */
export function createRecorder(
  units: readonly string[],
  models: readonly string[],
  originMs: number,
  expected: number,
  explained = false,
): Recorder {
  const unitIndex = new Map<string, number>(units.map((unit, u) => [unit, u]));
  const modelIndex = new Map<string, number>(models.map((model, m) => [model, m]));
  const alternatives = explained ? units.length : 0;
  let columns = emptyColumns(Math.max(16, expected), 0, alternatives);
  const write = (
    job: DoneJob | FailedJob,
    outcome: number,
    times: { startMs: number; loadMs: number; switched: boolean },
  ) => {
    const row = recorder.rows++;
    if (row === columns.rows) columns = grown(columns);
    columns.job[row] = job.id;
    columns.model[row] = modelIndex.get(job.model) ?? 255;
    columns.unit[row] = job.unit === null ? 255 : (unitIndex.get(job.unit) ?? 255);
    columns.outcome[row] = outcome;
    columns.attempt[row] = job.attempt;
    columns.switched[row] = times.switched ? 1 : 0;
    columns.input[row] = job.input;
    columns.arrivalMs[row] = job.arrivalMs - originMs;
    columns.dispatchMs[row] = job.dispatchMs - originMs;
    columns.startMs[row] = times.startMs - originMs;
    columns.endMs[row] = job.endMs - originMs;
    columns.loadMs[row] = times.loadMs;
    columns.deadlineMs[row] = job.deadlineMs - originMs;
    columns.priority[row] = job.priority;
    columns.reason[row] = job.why ? REASONS.indexOf(job.why.reason) : UNEXPLAINED;
    if (alternatives > 0) writeAlternatives(columns, row, job.why);
  };
  const never = (job: FailedJob, outcome: number) =>
    write(job, outcome, { startMs: job.dispatchMs, loadMs: 0, switched: false });
  const recorder = {
    rows: 0,
    done: (job: DoneJob) => write(job, DONE, job),
    failed: (job: FailedJob) => never(job, FAILED),
    lost: (job: RunningJob, endMs: number) => never({ ...job, endMs, error: '' }, LOST),
    since: (firstSeq: number) => sliceRows(columns, firstSeq, recorder.rows),
  };
  return recorder;
}

function grown(columns: TraceColumns): TraceColumns {
  const larger = emptyColumns(columns.rows * 2, columns.firstSeq, columns.alternatives);
  copyRows(larger, 0, columns, 0, columns.rows);
  return larger;
}

function writeAlternatives(columns: TraceColumns, row: number, why: Why | null): void {
  const from = row * columns.alternatives;
  if (why) {
    columns.finishMs.set(why.finishMs, from);
    columns.price.set(why.price, from);
  } else {
    columns.finishMs.fill(Number.NaN, from, from + columns.alternatives);
    columns.price.fill(Number.NaN, from, from + columns.alternatives);
  }
}
