import type { ModelId } from '../hardware/unit.ts';
import type { QueuedJob } from './job.ts';

/** Only a queue: waiting jobs, first come first in line within each model. A job that returns takes its old place. */
export interface Queue {
  readonly size: number;
  push(job: QueuedJob): void;
  /** Puts a job back before every younger one of its model. */
  giveBack(job: QueuedJob): void;
  /** Removes and returns the oldest of the model. */
  take(model: ModelId): QueuedJob | undefined;
  head(model: ModelId): QueuedJob | undefined;
  waiting(model: ModelId): number;
  /** The oldest of each model that has one, oldest first. Made anew only when a head changed; never keep it. */
  heads(): readonly QueuedJob[];
  /** Oldest first. */
  [Symbol.iterator](): Iterator<QueuedJob>;
}

/** Jobs are numbered in order of arrival, so the smaller id is the older job. */
export function createQueue(models: readonly ModelId[]): Queue {
  const lines = new Map(models.map((model) => [model, createLine()]));
  const line = (model: ModelId): Line => lines.get(model) ?? unknown(model);
  const inOrder = [...lines.values()];
  let size = 0;
  let heads: QueuedJob[] | null = null;
  return {
    get size() {
      return size;
    },
    push(job) {
      const into = line(job.model);
      if (into.length() === 0) heads = null;
      into.push(job);
      size++;
    },
    giveBack(job) {
      line(job.model).insert(job);
      heads = null;
      size++;
    },
    take(model) {
      const job = line(model).shift();
      if (job) {
        size--;
        heads = null;
      }
      return job;
    },
    head: (model) => lines.get(model)?.head(),
    waiting: (model) => lines.get(model)?.length() ?? 0,
    heads() {
      heads ??= headsOf(inOrder);
      return heads;
    },
    *[Symbol.iterator]() {
      const cursors = inOrder.map((l) => ({ jobs: l.jobs(), at: 0 }));
      for (let left = size; left > 0; left--) yield oldest(cursors);
    },
  };
}

function headsOf(lines: readonly Line[]): QueuedJob[] {
  const found: QueuedJob[] = [];
  for (const l of lines) {
    const job = l.head();
    if (!job) continue;
    let at = found.length;
    while (at > 0 && found[at - 1]!.id > job.id) at--; // at > 0 keeps the index inside
    found.splice(at, 0, job);
  }
  return found;
}

function oldest(cursors: { jobs: readonly QueuedJob[]; at: number }[]): QueuedJob {
  let best: { jobs: readonly QueuedJob[]; at: number } | undefined;
  for (const cursor of cursors) {
    const job = cursor.jobs[cursor.at];
    if (job && (!best || job.id < best.jobs[best.at]!.id)) best = cursor; // best was chosen with a job at its place
  }
  if (!best) throw new Error('the queue counts more jobs than its lines hold');
  return best.jobs[best.at++]!; // as above
}

function unknown(model: ModelId): never {
  throw new Error(`the queue was made without the model "${model}"`);
}

interface Line {
  length(): number;
  head(): QueuedJob | undefined;
  push(job: QueuedJob): void;
  insert(job: QueuedJob): void;
  shift(): QueuedJob | undefined;
  jobs(): readonly QueuedJob[];
}

/** A list with a moving start: shifting is O(1), and the taken half is dropped now and then. */
function createLine(): Line {
  let jobs: QueuedJob[] = [];
  let start = 0;
  return {
    length: () => jobs.length - start,
    head: () => jobs[start],
    push: (job) => void jobs.push(job),
    insert(job) {
      let at = start;
      while (at < jobs.length && jobs[at]!.id < job.id) at++; // at stays inside
      jobs.splice(at, 0, job);
    },
    shift() {
      const job = jobs[start];
      if (!job) return undefined;
      start++;
      if (start > 1024 && start * 2 > jobs.length) {
        jobs = jobs.slice(start);
        start = 0;
      }
      return job;
    },
    jobs: () => jobs.slice(start),
  };
}
