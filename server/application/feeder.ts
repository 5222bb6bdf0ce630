import type { Workload } from './workload.ts';

/** When each job of a workload is asked for: written down beforehand, or query by query as the one before ends. */
export interface Feeder {
  /** Milliseconds since the run's start; infinite while that depends on jobs that have not ended. */
  atMs(job: number): number;
  /** A job has ended, for better or worse. True when that lets others be asked for. */
  ended(nowMs: number): boolean;
}

export function createFeeder(workload: Workload): Feeder {
  return workload.query === undefined ? written(workload.atMs) : queries(workload.atMs.length, workload.query);
}

const written = (atMs: Float64Array): Feeder => ({ atMs: (job) => atMs[job]!, ended: () => false }); // job < jobs

function queries(jobs: number, size: number): Feeder {
  let askedMs = 0;
  /** The first job that is not asked for yet. */
  let end = Math.min(size, jobs);
  let left = end;
  return {
    atMs: (job) => (job < end ? askedMs : Number.POSITIVE_INFINITY),
    ended(nowMs) {
      left--;
      if (left > 0 || end >= jobs) return false;
      askedMs = nowMs;
      left = Math.min(size, jobs - end);
      end += left;
      return true;
    },
  };
}
