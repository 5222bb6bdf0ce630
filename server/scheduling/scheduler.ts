import type { ModelId, UnitId } from '../hardware/unit.ts';
import { explain } from './explain.ts';
import type { QueuedJob } from './job.ts';
import type { Assignment, Policy, SchedulerView, UnitView } from './policy.ts';
import type { Profile, Profiler } from './profiler.ts';
import type { Queue } from './queue.ts';
import type { Why } from './reason.ts';

export interface Scheduler<Unit extends UnitView> {
  /** A job begins to wait; the policy hears of it before it is next asked. */
  arrived(job: QueuedJob): void;
  /** Asks the policy until it would rather wait, no unit is idle or nothing waits; what it points at is taken from the queue and handed to `assign` at once. */
  decide(assign: (job: QueuedJob, unit: Unit, why: Why | null) => void): void;
  /** Decisions asked for, and the wall time they took in microseconds where `stopwatch` was given. */
  readonly asked: number;
  readonly spentUs: number;
}

/** Shows the policy the queue, the units and the profile; it looks and points, and is asked only while some unit is idle. */
export function createScheduler<Unit extends UnitView>(parts: {
  readonly policy: Policy;
  readonly queue: Queue;
  readonly units: readonly Unit[];
  readonly models: readonly ModelId[];
  readonly profiler: Profiler;
  readonly now: () => number;
  readonly moreToCome: () => boolean;
  /** Whether each decision is kept with its alternatives. */
  readonly explained: boolean;
  /** Milliseconds of wall time, to weigh the decisions; left out where nobody asks. */
  readonly stopwatch?: () => number;
}): Scheduler<Unit> {
  const { policy, queue, units, stopwatch } = parts;
  const view = new View(parts);
  let fresh: QueuedJob[] = [];
  const tell = () => {
    const jobs = fresh;
    fresh = [];
    for (const job of jobs) if (queue.has(job.model, job.id)) policy.arrived!(job, view); // only filled when the policy listens
  };
  const weighed = <T>(work: () => T): T => {
    if (!stopwatch) return work();
    const from = stopwatch();
    const answer = work();
    scheduler.spentUs += (stopwatch() - from) * 1000;
    return answer;
  };
  const decide = () => policy.decide(view);
  const ask = (): Assignment | null => {
    scheduler.asked++;
    return weighed(decide);
  };
  const scheduler = {
    asked: 0,
    spentUs: 0,
    arrived(job: QueuedJob) {
      if (policy.arrived) fresh.push(job);
    },
    decide(assign: (job: QueuedJob, unit: Unit, why: Why | null) => void) {
      if (fresh.length > 0) weighed(tell);
      while (queue.size > 0 && anyIdle(units)) {
        const assignment = ask();
        if (!assignment) return;
        const unit = idleUnit(assignment, units);
        const why = parts.explained ? explain(assignment.reason, assignment.model, view, policy) : null;
        assign(taken(assignment, queue), unit, why);
      }
    },
  };
  return scheduler;
}

type ViewParts = Parameters<typeof createScheduler<UnitView>>[0];

/** A class for the sake of its getters, like [a unit's seat](seat.ts). */
class View implements SchedulerView {
  readonly queue: Queue;
  readonly models: readonly ModelId[];
  readonly units: readonly UnitView[];

  constructor(private readonly parts: ViewParts) {
    this.queue = parts.queue;
    this.models = parts.models;
    this.units = parts.units;
  }

  get nowMs(): number {
    return this.parts.now();
  }

  get moreToCome(): boolean {
    return this.parts.moreToCome();
  }

  get heads(): readonly QueuedJob[] {
    return this.queue.heads();
  }

  get drifts(): number {
    return this.parts.profiler.drifts;
  }

  head(model: ModelId): QueuedJob | undefined {
    return this.queue.head(model);
  }

  nth(model: ModelId, older: number): QueuedJob | undefined {
    return this.queue.nth(model, older);
  }

  from(model: ModelId, deadlineMs: number): QueuedJob | undefined {
    return this.queue.from(model, deadlineMs);
  }

  waiting(model: ModelId): number {
    return this.queue.waiting(model);
  }

  profile(model: ModelId, unit: UnitId): Profile | undefined {
    return this.parts.profiler.profile(model, unit);
  }
}

// Plain loops: both are gone through for every job.

function anyIdle(units: readonly UnitView[]): boolean {
  for (const unit of units) if (unit.idle) return true;
  return false;
}

// A policy that points at what is not there is broken: that must never become a lost or doubled job.

function idleUnit<Unit extends UnitView>({ model, unit: id }: Assignment, units: readonly Unit[]): Unit {
  for (const unit of units) {
    if (unit.unit.id !== id) continue;
    if (!unit.idle) break;
    if (!unit.unit.accepts(model)) throw new Error(`the policy sent ${model} to "${id}", which cannot run it`);
    return unit;
  }
  throw new Error(`the policy chose the unit "${id}", which is not idle`);
}

function taken({ job: id, model }: Assignment, queue: Queue): QueuedJob {
  const job = queue.take(model, id);
  if (!job) throw new Error(`the policy chose job ${id}, which is not a waiting ${model}`);
  return job;
}
