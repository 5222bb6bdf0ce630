import type { ModelId, UnitId } from '../hardware/unit.ts';
import { explain } from './explain.ts';
import type { QueuedJob } from './job.ts';
import type { Assignment, Policy, SchedulerView, UnitView } from './policy.ts';
import type { Profiler } from './profiler.ts';
import type { Queue } from './queue.ts';
import type { Why } from './reason.ts';

export interface Scheduler {
  /** A job begins to wait; the policy hears of it before it is next asked. */
  arrived(job: QueuedJob): void;
  /** Asks the policy until it would rather wait, no unit is idle or nothing waits; each answer is handed to `assign` at once. */
  decide(assign: (assignment: Assignment, why: Why | null) => void): void;
  /** Decisions asked for, and the wall time they took in microseconds where `stopwatch` was given. */
  readonly asked: number;
  readonly spentUs: number;
}

/** Shows the policy the queue, the units and the profile; it looks and points, and is asked only while some unit is idle. */
export function createScheduler(parts: {
  readonly policy: Policy;
  readonly queue: Queue;
  readonly units: readonly UnitView[];
  readonly models: readonly ModelId[];
  readonly profiler: Profiler;
  readonly now: () => number;
  readonly moreToCome: () => boolean;
  /** Whether each decision is kept with its alternatives. */
  readonly explained: boolean;
  /** Milliseconds of wall time, to weigh the decisions; left out where nobody asks. */
  readonly stopwatch?: () => number;
}): Scheduler {
  const { policy, queue, units, stopwatch } = parts;
  const view = createView(parts);
  let asked = 0;
  let spentUs = 0;
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
    spentUs += (stopwatch() - from) * 1000;
    return answer;
  };
  const decide = () => policy.decide(view);
  const ask = (): Assignment | null => {
    asked++;
    return weighed(decide);
  };
  return {
    arrived(job) {
      if (policy.arrived) fresh.push(job);
    },
    decide(assign) {
      if (fresh.length > 0) weighed(tell);
      while (queue.size > 0 && units.some((unit) => unit.idle)) {
        const assignment = ask();
        if (!assignment) return;
        check(assignment, queue, units);
        assign(assignment, parts.explained ? explain(assignment.reason, assignment.model, view, policy) : null);
      }
    },
    get asked() {
      return asked;
    },
    get spentUs() {
      return spentUs;
    },
  };
}

function createView(parts: Parameters<typeof createScheduler>[0]): SchedulerView {
  const { queue, units, models, profiler, now } = parts;
  return {
    get nowMs() {
      return now();
    },
    get moreToCome() {
      return parts.moreToCome();
    },
    queue,
    get heads() {
      return queue.heads();
    },
    models,
    units,
    head: (model) => queue.head(model),
    nth: (model, older) => queue.nth(model, older),
    from: (model, deadlineMs) => queue.from(model, deadlineMs),
    waiting: (model) => queue.waiting(model),
    profile: (model: ModelId, unit: UnitId) => profiler.profile(model, unit),
    get drifts() {
      return profiler.drifts;
    },
  };
}

/** A policy that points at what is not there is broken: that must never become a lost or doubled job. */
function check(assignment: Assignment, queue: Queue, units: readonly UnitView[]): void {
  const unit = units.find((u) => u.unit.id === assignment.unit);
  if (!unit?.idle) throw new Error(`the policy chose the unit "${assignment.unit}", which is not idle`);
  if (!unit.unit.accepts(assignment.model))
    throw new Error(`the policy sent ${assignment.model} to "${assignment.unit}", which cannot run it`);
  if (!queue.has(assignment.model, assignment.job))
    throw new Error(`the policy chose job ${assignment.job}, which is not a waiting ${assignment.model}`);
}
