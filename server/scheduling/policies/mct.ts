import type { ModelId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import { type Assignment, definePolicy, type SchedulerView, type UnitView } from '../policy.ts';
import { createResidency, type Residency } from '../residency.ts';
import { busyForMs, expectedServiceMs } from './expected-cost.ts';
import { createLane, type Lane } from './lane.ts';

/**
 * Minimum completion time, as StarPU's `dmda` does it (Augonnet et al., 2011; Maheswaran et al. call it MCT): each job is
 * pushed, when it comes, to the queue of the unit that should complete it soonest, and stays there. A job whose unit is lost
 * is pushed anew; one that no present unit can run is pushed when a unit returns.
 */
export const mct = definePolicy(
  'mct',
  'Minimum completion time: each job joins, when it comes, the queue of the unit that should complete it first.',
  () => {
    let lines: Line[] | null = null;
    /** By model: what no present unit can run. */
    const homeless = new Map<ModelId, QueuedJob[]>();
    const push = (job: QueuedJob, view: SchedulerView) => {
      lines ??= view.units.map(createLine);
      const line = soonest(lines, job.model, view);
      if (line) line.push(job, view);
      else {
        const others = homeless.get(job.model);
        if (others) others.push(job);
        else homeless.set(job.model, [job]);
      }
    };
    /** Lost units' jobs go to the others, and those without a home try again. */
    const rehome = (view: SchedulerView) => {
      for (const line of lines ?? []) if (!line.unit.present) for (const job of line.drain()) push(job, view);
      for (const [model, jobs] of homeless) {
        if (!lines || !soonest(lines, model, view)) continue;
        homeless.delete(model);
        for (const job of jobs) push(job, view);
      }
    };
    return {
      arrived: push,
      decide(view) {
        rehome(view);
        for (const line of lines ?? []) {
          const assignment = line.next();
          if (assignment) return assignment;
        }
        return null;
      },
    };
  },
);

/** The queue of one unit: what it will do, how long that takes, and which models it will then hold. */
interface Line {
  readonly unit: UnitView;
  /** Milliseconds from now until it would have done the job too; infinite where it cannot run. */
  completionMs(model: ModelId, view: SchedulerView, nowMs: number): number;
  push(job: QueuedJob, view: SchedulerView): void;
  next(): Assignment | null;
  drain(): QueuedJob[];
}

function createLine(unit: UnitView): Line {
  const lane: Lane<{ readonly job: QueuedJob; readonly costMs: number }> = createLane();
  const tail: Residency = createResidency(unit.unit);
  let workMs = 0;
  const costMs = (model: ModelId, view: SchedulerView) =>
    expectedServiceMs(view, model, unit) + (lane.size === 0 ? unit.switchMs(model) : tail.switchMs(model));
  return {
    unit,
    completionMs: (model, view, nowMs) => busyForMs(unit, nowMs) + workMs + costMs(model, view),
    push(job, view) {
      const cost = costMs(job.model, view);
      if (lane.size === 0) {
        tail.clear();
        for (const model of unit.resident) tail.use(model);
      }
      tail.use(job.model);
      workMs += cost;
      // One that comes back is the oldest there is.
      if (job.attempt > 1) lane.unshift({ job, costMs: cost });
      else lane.push({ job, costMs: cost });
    },
    next() {
      const head = unit.idle ? lane.shift() : undefined;
      if (!head) return null;
      workMs = lane.size === 0 ? 0 : workMs - head.costMs;
      return { job: head.job.id, model: head.job.model, unit: unit.unit.id, reason: 'soonest' };
    },
    drain() {
      workMs = 0;
      return lane.drain().map(({ job }) => job);
    },
  };
}

function soonest(lines: readonly Line[], model: ModelId, view: SchedulerView): Line | null {
  const { nowMs } = view;
  let found: Line | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const ms = line.completionMs(model, view, nowMs);
    if (ms >= least) continue;
    least = ms;
    found = line;
  }
  return found;
}
