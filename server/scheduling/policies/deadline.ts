import { type Blocking, createBlocking } from '../fluid/blocking.ts';
import { createFluid } from '../fluid/fluid.ts';
import { createRoutes, type Routes } from '../fluid/routes.ts';
import type { QueuedJob } from '../job.ts';
import { type Assignment, definePolicy, type SchedulerView, type UnitView } from '../policy.ts';

/**
 * Every request has its deadline. Of what can still be in time, the job that has used most of its time for the time it needs
 * goes first, on the pairs of the best routing; a job that must miss is never started while another can be in time, and what
 * is late gets only what is left over. None starts that would make more than one other miss. Higher priorities go before
 * lower ones.
 */
export const deadline = definePolicy(
  'deadline',
  'Serves what can still be in time, the most pressing first; what is late gets the capacity that is left.',
  ({ models, units }) => {
    const routes = createRoutes(models, units.length);
    const calm = createFluid(models, units.length, routes);
    const blocking = createBlocking(routes, models, units.length);
    const place = new Map(units.map((unit, u) => [unit.id, u]));
    return {
      arrived(job) {
        routes.arrived(job.model);
        blocking.arrived(job);
      },
      price: (model, unit) => routes.price(models.indexOf(model), place.get(unit) ?? -1),
      decide(view) {
        if (view.heads.every((job) => job.deadlineMs === Number.POSITIVE_INFINITY)) return calm.decide(view);
        routes.refresh(view);
        return inTime(view, models, routes, blocking) ?? leftover(view, models, routes, blocking);
      },
    };
  },
);

type Models = readonly QueuedJob['model'][];

function inTime(view: SchedulerView, models: Models, routes: Routes, blocking: Blocking): Assignment | null {
  let best: Assignment | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const [m, model] of models.entries()) {
    const job = firstInTime(view, model, m, routes);
    if (!job) continue;
    const soonest = elsewhere(view, model, m, routes);
    for (const [u, unit] of view.units.entries()) {
      if (!unit.idle || !routes.allows(m, u)) continue;
      const ms = cost(view, model, unit);
      if (view.nowMs + ms > due(job)) continue;
      if (blocking.missed(u, ms, job.priority) > 1) continue; // it would save one and lose more
      const others = soonest(u);
      // Another unit will do it sooner and still in time, and few wait: this one is kept for what needs it.
      if (others < ms && view.nowMs + others * view.waiting(model) <= due(job)) continue;
      if (!routes.belongs(m, u) && view.nowMs + others <= due(job) && others * view.waiting(model) < ms) continue;
      const used = (view.nowMs - job.arrivalMs + 1) / Math.max(1, due(job) - job.arrivalMs);
      const urgency = job.priority * PRIORITY + used / ms;
      if (urgency <= most) continue;
      most = urgency;
      best = { job: job.id, model, unit: unit.unit.id, reason: 'pressing' };
    }
  }
  return best;
}

const PRIORITY = 1e6;
/** Beside requests that have a deadline, one that has none is due after so many milliseconds. */
const PATIENCE_MS = 60_000;
const due = ({ deadlineMs, arrivalMs }: QueuedJob): number => Math.min(deadlineMs, arrivalMs + PATIENCE_MS);

const cost = (view: SchedulerView, model: QueuedJob['model'], unit: UnitView): number =>
  unit.present && unit.unit.accepts(model)
    ? (view.profile(model, unit.unit.id)?.meanMs ?? Number.POSITIVE_INFINITY) + unit.switchMs(model)
    : Number.POSITIVE_INFINITY;

/** The oldest of the model that some unit could still bring home in time; without a deadline every job is. */
function firstInTime(view: SchedulerView, model: QueuedJob['model'], m: number, routes: Routes): QueuedJob | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (const [u, unit] of view.units.entries())
    if (unit.idle && routes.allows(m, u)) least = Math.min(least, cost(view, model, unit));
  if (!Number.isFinite(least)) return undefined;
  const head = view.head(model);
  if (!head || head.deadlineMs >= view.nowMs + least) return head;
  return view.from(model, view.nowMs + least);
}

/** When the others would have done one of the model, in milliseconds. */
function elsewhere(view: SchedulerView, model: QueuedJob['model'], m: number, routes: Routes): (u: number) => number {
  const ends = view.units.map((unit, u) =>
    routes.allows(m, u) && routes.belongs(m, u)
      ? unit.freeAtMs - view.nowMs + cost(view, model, unit)
      : Number.POSITIVE_INFINITY,
  );
  return (u) => ends.reduce((least, ms, v) => (v === u ? least : Math.min(least, ms)), Number.POSITIVE_INFINITY);
}

/** Of what is late, one that has waited so long may make one other miss: it must end some day. */
const MERCY_MS = 60_000;

/** Late jobs, on units that nothing in time wants: where they take least, and never where the unit will soon be wanted. When nothing works and nothing comes, any job. */
function leftover(view: SchedulerView, models: Models, routes: Routes, blocking: Blocking): Assignment | null {
  let best: Assignment | null = null;
  let least = Number.POSITIVE_INFINITY;
  const inVain = !view.moreToCome && view.units.every((unit) => !unit.present || isFree(unit, view));
  for (const [m, model] of models.entries()) {
    const job = view.head(model);
    if (!job || (!inVain && due(job) >= view.nowMs + bestMs(view, model))) continue;
    for (const [u, unit] of view.units.entries()) {
      if (!unit.idle || !routes.allows(m, u)) continue;
      const ms = cost(view, model, unit);
      if (ms >= least) continue;
      if (!inVain && blocking.missed(u, ms, job.priority) > (view.nowMs - job.arrivalMs) / MERCY_MS) continue;
      least = ms;
      best = { job: job.id, model, unit: unit.unit.id, reason: 'leftover' };
    }
  }
  return best;
}

const isFree = ({ idle, freeAtMs }: UnitView, { nowMs }: SchedulerView): boolean => idle && freeAtMs <= nowMs;

const bestMs = (view: SchedulerView, model: QueuedJob['model']): number =>
  view.units.reduce((least, unit) => Math.min(least, cost(view, model, unit)), Number.POSITIVE_INFINITY);
