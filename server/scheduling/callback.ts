import type { Inference } from '../hardware/unit.ts';
import type { DoneJob, FailedJob, RunningJob } from './job.ts';

/** Brings the answer back up to whoever asked. Called by the engine, in the order things end. */
export interface Callback {
  done(job: DoneJob, inference: Inference): void;
  failed(job: FailedJob): void;
  /** Its unit was lost under this attempt; it waits again, for one more. */
  lost(job: RunningJob, reason: string): void;
}
