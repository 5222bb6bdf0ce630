import type { ModelId, UnitId } from '../hardware/unit.ts';
import type { Assignment, Policy, SchedulerView, UnitView } from './policy.ts';
import type { Profiler } from './profiler.ts';
import type { Queue } from './queue.ts';

export interface Scheduler {
  /** Asks the policy until it would rather wait, no unit is idle or nothing waits; each answer is handed to `assign` at once. */
  decide(assign: (assignment: Assignment) => void): void;
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
  /** Milliseconds of wall time, to weigh the decisions; left out where nobody asks. */
  readonly stopwatch?: () => number;
}): Scheduler {
  const { policy, queue, units, stopwatch } = parts;
  const view = createView(parts);
  let asked = 0;
  let spentUs = 0;
  const ask = (): Assignment | null => {
    asked++;
    if (!stopwatch) return policy.decide(view);
    const from = stopwatch();
    const answer = policy.decide(view);
    spentUs += (stopwatch() - from) * 1000;
    return answer;
  };
  return {
    decide(assign) {
      while (queue.size > 0 && units.some((unit) => unit.idle)) {
        const assignment = ask();
        if (!assignment) return;
        check(assignment, queue, units);
        assign(assignment);
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
    queue,
    get heads() {
      return queue.heads();
    },
    models,
    units,
    head: (model) => queue.head(model),
    waiting: (model) => queue.waiting(model),
    profile: (model: ModelId, unit: UnitId) => profiler.profile(model, unit),
  };
}

/** A policy that points at what is not there is broken: that must never become a lost or doubled job. */
function check(assignment: Assignment, queue: Queue, units: readonly UnitView[]): void {
  const unit = units.find((u) => u.unit.id === assignment.unit);
  if (!unit?.idle) throw new Error(`the policy chose the unit "${assignment.unit}", which is not idle`);
  if (!unit.unit.accepts(assignment.model))
    throw new Error(`the policy sent ${assignment.model} to "${assignment.unit}", which cannot run it`);
  if (queue.head(assignment.model)?.id !== assignment.job)
    throw new Error(`the policy chose job ${assignment.job}, which is not the oldest waiting ${assignment.model}`);
}
