import type { JobId, ModelId } from '../hardware/unit.ts';
import type { QueuedJob } from './job.ts';

/** Only a queue: waiting jobs, first come first in line within each model. A job that returns takes its old place. */
export interface Queue {
  readonly size: number;
  push(job: QueuedJob): void;
  /** Puts a job back before every younger one of its model. */
  giveBack(job: QueuedJob): void;
  /** Removes and returns the oldest of the model, or the one that is named; `undefined` when it does not wait. */
  take(model: ModelId, job?: JobId): QueuedJob | undefined;
  has(model: ModelId, job: JobId): boolean;
  head(model: ModelId): QueuedJob | undefined;
  /** The one with so many older ones of the model before it. */
  nth(model: ModelId, older: number): QueuedJob | undefined;
  /** The oldest of the model that is due at this time or later, where a younger one is never due before an older one. */
  from(model: ModelId, deadlineMs: number): QueuedJob | undefined;
  waiting(model: ModelId): number;
  /** The oldest of each model that has one, oldest first. The list is filled anew after a head changed; never keep it. */
  heads(): readonly QueuedJob[];
  /** Oldest first. */
  [Symbol.iterator](): Iterator<QueuedJob>;
}

/** Jobs are numbered in order of arrival, so the smaller id is the older job. */
export function createQueue(models: readonly ModelId[]): Queue {
  const lines = new Map(models.map((model) => [model, createLine()]));
  const line = (model: ModelId): Line => lines.get(model) ?? unknown(model);
  const inOrder = [...lines.values()];
  const heads: QueuedJob[] = [];
  let headsAreRight = true;
  const queue = {
    size: 0,
    push(job: QueuedJob) {
      const into = line(job.model);
      if (into.length() === 0) headsAreRight = false;
      into.push(job);
      queue.size++;
    },
    giveBack(job: QueuedJob) {
      line(job.model).insert(job);
      headsAreRight = false;
      queue.size++;
    },
    take(model: ModelId, id?: JobId) {
      const from = line(model);
      const job = id === undefined || from.head()?.id === id ? from.shift() : from.remove(id);
      if (job) {
        queue.size--;
        headsAreRight = false;
      }
      return job;
    },
    has: (model: ModelId, id: JobId) => lines.get(model)?.has(id) ?? false,
    head: (model: ModelId) => lines.get(model)?.head(),
    from: (model: ModelId, deadlineMs: number) => lines.get(model)?.from(deadlineMs),
    nth: (model: ModelId, older: number) => lines.get(model)?.nth(older),
    waiting: (model: ModelId) => lines.get(model)?.length() ?? 0,
    heads() {
      if (!headsAreRight) findHeads(inOrder, heads);
      headsAreRight = true;
      return heads;
    },
    *[Symbol.iterator]() {
      const cursors = inOrder.map((l) => ({ jobs: l.jobs(), at: 0 }));
      for (let left = queue.size; left > 0; left--) yield oldest(cursors);
    },
  };
  return queue;
}

/** Into the list that is there: a new one for each job was a sixth of all that a simulation allocated. */
function findHeads(lines: readonly Line[], heads: QueuedJob[]): void {
  let found = 0;
  for (const l of lines) {
    const job = l.head();
    if (!job) continue;
    let at = found++;
    for (; at > 0 && heads[at - 1]!.id > job.id; at--) heads[at] = heads[at - 1]!; // at > 0 keeps the index inside
    heads[at] = job;
  }
  while (heads.length > found) heads.pop();
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
  nth(older: number): QueuedJob | undefined;
  from(deadlineMs: number): QueuedJob | undefined;
  has(id: JobId): boolean;
  push(job: QueuedJob): void;
  insert(job: QueuedJob): void;
  shift(): QueuedJob | undefined;
  remove(id: JobId): QueuedJob | undefined;
  jobs(): readonly QueuedJob[];
}

/**
 * A list in order of id with a moving start: shifting is O(1), and the taken half is dropped now and then. What is taken
 * from the middle stays in the list, marked, until the start has passed it.
 */
function createLine(): Line {
  let jobs: QueuedJob[] = [];
  let start = 0;
  const taken = new Set<JobId>();
  /** Where the job is, or would be. */
  const place = (id: JobId): number => {
    const guess = likely(id);
    if (jobs[guess]?.id === id) return guess;
    let low = start;
    let high = jobs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (jobs[middle]!.id < id)
        low = middle + 1; // inside
      else high = middle;
    }
    return low;
  };
  /** Where the job is if the ids between the first and the last lie evenly, as those of a batch do. */
  const likely = (id: JobId): number => {
    const last = jobs.length - 1;
    if (start >= last || id <= jobs[start]!.id) return start; // inside
    const share = (id - jobs[start]!.id) / (jobs[last]!.id - jobs[start]!.id); // as above
    return start + Math.round(share * (last - start));
  };
  const find = (id: JobId): QueuedJob | undefined => {
    const job = jobs[place(id)];
    return job?.id === id && !taken.has(id) ? job : undefined;
  };
  /** The start is always a job that waits. */
  const settle = () => {
    while (taken.size > 0 && start < jobs.length && taken.delete(jobs[start]!.id)) start++; // inside
    if (start > 1024 && start * 2 > jobs.length) {
      jobs = jobs.slice(start);
      start = 0;
    }
  };
  return {
    length: () => jobs.length - start - taken.size,
    head: () => jobs[start],
    nth(older) {
      if (taken.size === 0) return jobs[start + older];
      let at = start;
      for (let before = older; at < jobs.length; at++) if (!taken.has(jobs[at]!.id) && before-- === 0) break; // inside
      return jobs[at];
    },
    from(deadlineMs) {
      let low = start;
      let high = jobs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (jobs[middle]!.deadlineMs < deadlineMs)
          low = middle + 1; // inside
        else high = middle;
      }
      while (low < jobs.length && taken.has(jobs[low]!.id)) low++; // as above
      return jobs[low];
    },
    has: (id) => find(id) !== undefined,
    push: (job) => void jobs.push(job),
    insert(job) {
      const at = place(job.id);
      if (taken.delete(job.id)) jobs[at] = job;
      else jobs.splice(at, 0, job);
    },
    shift() {
      const job = jobs[start];
      if (!job) return undefined;
      start++;
      settle();
      return job;
    },
    remove(id) {
      const job = find(id);
      if (!job) return undefined;
      taken.add(id);
      settle();
      return job;
    },
    jobs: () => (taken.size === 0 ? jobs.slice(start) : jobs.slice(start).filter((job) => !taken.has(job.id))),
  };
}
