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
  let rows = 0;
  const write = (
    job: DoneJob | FailedJob,
    outcome: number,
    times: { startMs: number; loadMs: number; switched: boolean },
  ) => {
    if (rows === columns.rows) columns = grown(columns);
    columns.job[rows] = job.id;
    columns.model[rows] = modelIndex.get(job.model) ?? 255;
    columns.unit[rows] = job.unit === null ? 255 : (unitIndex.get(job.unit) ?? 255);
    columns.outcome[rows] = outcome;
    columns.attempt[rows] = job.attempt;
    columns.switched[rows] = times.switched ? 1 : 0;
    columns.input[rows] = job.input;
    columns.arrivalMs[rows] = job.arrivalMs - originMs;
    columns.dispatchMs[rows] = job.dispatchMs - originMs;
    columns.startMs[rows] = times.startMs - originMs;
    columns.endMs[rows] = job.endMs - originMs;
    columns.loadMs[rows] = times.loadMs;
    columns.deadlineMs[rows] = job.deadlineMs - originMs;
    columns.priority[rows] = job.priority;
    columns.reason[rows] = job.why ? REASONS.indexOf(job.why.reason) : UNEXPLAINED;
    if (alternatives > 0) writeAlternatives(columns, rows, job.why);
    rows++;
  };
  const never = (job: FailedJob, outcome: number) =>
    write(job, outcome, { startMs: job.dispatchMs, loadMs: 0, switched: false });
  return {
    get rows() {
      return rows;
    },
    done: (job) => write(job, DONE, job),
    failed: (job) => never(job, FAILED),
    lost: (job, endMs) => never({ ...job, endMs, error: '' }, LOST),
    since: (firstSeq) => sliceRows(columns, firstSeq, rows),
  };
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
