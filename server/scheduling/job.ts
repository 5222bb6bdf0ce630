import type { JobId, ModelId, UnitId } from '../hardware/unit.ts';
import type { Why } from './reason.ts';

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
  /** When it should have ended, on the clock of `arrivalMs`; infinite where nobody asked. */
  readonly deadlineMs: number;
  /** Higher goes before lower where the policy heeds it; 0 is usual. */
  readonly priority: number;
}
export interface RunningJob extends QueuedJob {
  readonly unit: UnitId;
  readonly dispatchMs: number;
  /** Why it went there; null where decisions are not explained. */
  readonly why: Why | null;
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
  readonly why: Why | null;
  readonly endMs: number;
  readonly error: string;
}
