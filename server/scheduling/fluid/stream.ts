import type { UnitId } from '../../hardware/unit.ts';
import type { Assignment, SchedulerView } from '../policy.ts';
import type { Routes } from './routes.ts';

/** So many jobs are given their unit in thought before the policy would rather wait: bounds a decision at any queue length. */
const LOOKAHEAD = 64;
/** Each waiting job that a pair outside the best routing delays is charged so often. */
const CHARGE = 2;
/**
 * On the pairs of the best routing a slow unit is taken as if it were quicker, the more the fuller the board is: near the
 * capacity every bit of a slow unit is needed, and it must begin before the queue is so long that it pays for a single job.
 */
const EAGERNESS = 0.5;
/** What has just come has waited for a moment as well. */
const AT_ONCE_MS = 1e-3;

/**
 * Gives all waiting jobs their unit in thought, each the one that ends it soonest, charged for what it takes from the others
 * by the prices of the linear program. What falls to an idle unit starts; what falls to a busy one waits for it.
 *
 * Models take turns by age² ÷ service time: the generalized cμ rule (Mandelbaum and Stolyar, 2004) for delay costs that grow
 * like the third power of age, which keeps the tail short. Within a model the oldest jobs are matched with the units that end
 * them first, so that a slow unit gets a young one: the longest response is then least.
 */
export function createStream(routes: Routes, models: SchedulerView['models'], units: number) {
  const busyMs = new Float64Array(units);
  /** 1: takes a job at once, and was given none in thought. */
  const open = new Uint8Array(units);
  const left = new Float64Array(models.length);
  const age = new Float64Array(models.length);
  const ageStep = new Float64Array(models.length);
  const bestUnit = new Int32Array(models.length);
  const urgency = new Float64Array(models.length);
  const { basic, extraMs, ms } = routes;
  /** Service as it is weighed, with its charge, of each pair. */
  const weightMs = new Float64Array(models.length * units);
  /** Where slots are too few, what loading the model would cost now: it makes a unit stay with a model for a while. */
  const changeMs = new Float64Array(models.length * units);

  /** The unit that ends one more job of the model soonest, charges counted; -1: none may. */
  const choose = (m: number): void => {
    let least = Number.POSITIVE_INFINITY;
    let best = -1;
    for (let u = 0, pair = m * units; u < units; u++, pair++) {
      const cost = busyMs[u]! + weightMs[pair]! + changeMs[pair]!; // a cell per unit and pair
      if (cost >= least) continue;
      least = cost;
      best = u;
    }
    bestUnit[m] = best;
    const waited = age[m]!; // a column per model
    const pair = m * units + best;
    urgency[m] = best < 0 ? -1 : (waited * waited) / (ms[pair]! + changeMs[pair]!); // as above
  };
  const weigh = (charge: number, load: number): void => {
    const eager = 1 - EAGERNESS * load * load;
    for (let pair = 0; pair < weightMs.length; pair++)
      weightMs[pair] = basic[pair] ? ms[pair]! * eager : ms[pair]! + charge * extraMs[pair]!; // a cell per pair
  };
  const weighChanges = (view: SchedulerView): void => {
    changeMs.fill(0);
    if (!routes.torn) return;
    for (let m = 0; m < models.length; m++)
      for (let u = 0; u < units; u++) changeMs[m * units + u] = view.units[u]!.switchMs(models[m]!); // inside
  };
  const begin = (view: SchedulerView): void => {
    const { nowMs } = view;
    let waiting = 0;
    for (let u = 0; u < units; u++) {
      const unit = view.units[u]!; // u < units
      busyMs[u] = Math.max(0, unit.freeAtMs - nowMs);
      open[u] = unit.idle ? 1 : 0;
    }
    for (let m = 0; m < models.length; m++) {
      const head = view.head(models[m]!); // m < models
      left[m] = head ? view.waiting(head.model) : 0;
      waiting += left[m]!;
      age[m] = head ? nowMs - head.arrivalMs + AT_ONCE_MS : 0;
      ageStep[m] = age[m]! / Math.max(1, left[m]!);
    }
    weighChanges(view);
    weigh(CHARGE * (waiting - 1), Math.min(1, routes.load));
    for (let m = 0; m < models.length; m++) if (left[m]! > 0) choose(m);
  };
  const mostUrgent = (): number => {
    let found = -1;
    let most = 0;
    for (let m = 0; m < models.length; m++) {
      if (left[m] === 0 || urgency[m]! <= most) continue; // a column per model
      most = urgency[m]!; // as above
      found = m;
    }
    return found;
  };
  return {
    decide(view: SchedulerView): Assignment | null {
      routes.refresh(view);
      if (!routes.known) return null;
      begin(view);
      for (let step = 0; step < LOOKAHEAD; step++) {
        const m = mostUrgent();
        if (m < 0) return null;
        const u = bestUnit[m]!; // a column per model
        const pair = m * units + u;
        if (open[u]) {
          const model = models[m]!; // m < models
          const job = view.nth(model, view.waiting(model) - left[m]!)!; // `left` counts down from what waits
          const reason = basic[pair] ? 'price' : 'spare';
          return { job: job.id, model, unit: view.units[u]!.unit.id as UnitId, reason }; // u < units
        }
        busyMs[u]! += ms[pair]! + changeMs[pair]!; // a cell per unit and pair
        left[m]!--;
        age[m]! -= ageStep[m]!;
        for (let other = 0; other < models.length; other++)
          if (left[other]! > 0 && bestUnit[other] === u) choose(other);
      }
      return null;
    },
  };
}
