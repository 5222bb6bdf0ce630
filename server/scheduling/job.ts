import type { JobId, ModelId, UnitId } from '../hardware/unit.ts';

// Life of a job: queued → running → done | failed. It grows a field at each step; nothing is taken back, except that a
// job whose unit died is queued again with one more attempt.

export interface QueuedJob {
  readonly id: JobId;
  readonly model: ModelId;
  readonly arrivalMs: number;
  /** Which picture it works on. */
  readonly input: number;
  /** 1 for the first try. */
  readonly attempt: number;
}
export interface RunningJob extends QueuedJob {
  readonly unit: UnitId;
  readonly dispatchMs: number;
}
export interface DoneJob extends RunningJob {
  readonly startMs: number;
  readonly endMs: number;
  /** Switch paid just before `startMs`. */
  readonly loadMs: number;
  /** True when the load replaced a resident model: a switch, not a first load. */
  readonly switched: boolean;
}
export interface FailedJob extends QueuedJob {
  readonly unit: UnitId | null;
  readonly dispatchMs: number;
  readonly endMs: number;
  readonly error: string;
}
