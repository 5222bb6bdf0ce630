import type { ModelId } from '../../hardware/unit.ts';
import type { Assignment, Policy, SchedulerView } from '../policy.ts';
import type { Reason } from '../reason.ts';
import { busyForMs, expectedServiceMs, expectedSwitchMs } from './expected-cost.ts';

/** What makes one batch-mode rule differ from another. */
export interface BatchRule {
  readonly reason: Reason;
  /** The model with the highest goes first; from its best and its second best completion, in milliseconds from now. */
  urgency(bestMs: number, secondMs: number): number;
  /** Whether a job that waits for a busy unit is counted there with its switch, or with its service alone. */
  readonly reserves: 'switch and service' | 'service';
}

/**
 * So many jobs are mapped in thought before the rule would rather wait. It bounds a decision at any queue length, and must
 * reach past the jobs that the quick units clear while the slowest serves one: 64 loses nothing on the poster's board
 * (minmin 3545 ms there; with 32 it was 3752).
 */
const LOOKAHEAD = 64;

/**
 * The batch-mode heuristics of Maheswaran et al., "Dynamic Matching and Scheduling of a Class of Independent Tasks onto
 * Heterogeneous Computing Systems" (HCW 1999): waiting jobs are mapped one by one, each to the unit that completes it
 * soonest. What is mapped to an idle unit goes there; what is mapped to a busy one waits for it and counts as its work. The
 * mapping is thought anew at each decision, so it never relies on an old estimate. Jobs of one model are alike: their number
 * is enough, and a decision takes O(models × units).
 */
export function batchRule(rule: BatchRule): Policy['decide'] {
  let tableau: Tableau | null = null;
  return (view) => {
    tableau ??= createTableau(view.models.length, view.units.length);
    fill(tableau, view);
    for (let step = 0; step < LOOKAHEAD; step++) {
      const m = mostUrgent(tableau, rule);
      if (m < 0) return null;
      const u = tableau.bestUnit[m]!; // a column per model
      if (view.units[u]!.idle) return point(view, m, u, rule.reason); // bestUnit is one of the units
      reserve(tableau, m, u, rule);
    }
    return null;
  };
}

/** One decision's thoughts, in milliseconds from now; made once and filled anew each time. */
interface Tableau {
  readonly models: number;
  readonly units: number;
  /** [model × units + unit] */
  readonly serviceMs: Float64Array;
  readonly switchMs: Float64Array;
  readonly busyMs: Float64Array;
  readonly left: Float64Array;
  /** Number of the oldest waiting job: among equally urgent models the oldest goes first. */
  readonly oldest: Float64Array;
  readonly bestUnit: Int32Array;
  readonly secondUnit: Int32Array;
  readonly bestMs: Float64Array;
  readonly secondMs: Float64Array;
}

function createTableau(models: number, units: number): Tableau {
  return {
    models,
    units,
    serviceMs: new Float64Array(models * units),
    switchMs: new Float64Array(models * units),
    busyMs: new Float64Array(units),
    left: new Float64Array(models),
    oldest: new Float64Array(models),
    bestUnit: new Int32Array(models),
    secondUnit: new Int32Array(models),
    bestMs: new Float64Array(models),
    secondMs: new Float64Array(models),
  };
}

function fill(tableau: Tableau, view: SchedulerView): void {
  const { nowMs } = view;
  for (let u = 0; u < tableau.units; u++) tableau.busyMs[u] = busyForMs(view.units[u]!, nowMs); // made for these units
  tableau.left.fill(0);
  for (let m = 0; m < tableau.models; m++) {
    const model = view.models[m]!; // made for these models
    tableau.left[m] = view.waiting(model);
    if (tableau.left[m] === 0) continue;
    tableau.oldest[m] = view.head(model)?.id ?? 0;
    fillRow(tableau, view, m, model);
    rank(tableau, m);
  }
}

function fillRow(tableau: Tableau, view: SchedulerView, m: number, model: ModelId): void {
  for (let u = 0; u < tableau.units; u++) {
    const unit = view.units[u]!; // made for these units
    const at = m * tableau.units + u;
    tableau.serviceMs[at] = expectedServiceMs(view, model, unit);
    tableau.switchMs[at] = expectedSwitchMs(view, model, unit);
  }
}

/** Finds the model's best and second best unit; the first among equals. */
function rank(tableau: Tableau, m: number): void {
  const { serviceMs, switchMs, busyMs, units } = tableau;
  let [best, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [bestUnit, secondUnit] = [-1, -1];
  for (let u = 0; u < units; u++) {
    const doneMs = busyMs[u]! + switchMs[m * units + u]! + serviceMs[m * units + u]!; // inside
    if (doneMs < best) {
      [second, secondUnit] = [best, bestUnit];
      [best, bestUnit] = [doneMs, u];
    } else if (doneMs < second) [second, secondUnit] = [doneMs, u];
  }
  tableau.bestMs[m] = best;
  tableau.secondMs[m] = second;
  tableau.bestUnit[m] = bestUnit;
  tableau.secondUnit[m] = secondUnit;
}

function mostUrgent(tableau: Tableau, rule: BatchRule): number {
  let chosen = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let m = 0; m < tableau.models; m++) {
    if (tableau.left[m] === 0 || tableau.bestUnit[m]! < 0) continue; // a column per model
    const urgency = rule.urgency(tableau.bestMs[m]!, tableau.secondMs[m]!); // as above
    const older = urgency === most && chosen >= 0 && tableau.oldest[m]! < tableau.oldest[chosen]!; // as above
    if (chosen < 0 || urgency > most || older) [chosen, most] = [m, urgency];
  }
  return chosen;
}

/** One job of the model waits for the unit; only models that looked at that unit have to look again. */
function reserve(tableau: Tableau, m: number, u: number, rule: BatchRule): void {
  const at = m * tableau.units + u;
  tableau.left[m]!--; // it was chosen because one is left
  tableau.busyMs[u]! += tableau.serviceMs[at]! + (rule.reserves === 'service' ? 0 : tableau.switchMs[at]!); // inside
  for (let other = 0; other < tableau.models; other++)
    if (tableau.left[other]! > 0 && (tableau.bestUnit[other] === u || tableau.secondUnit[other] === u))
      rank(tableau, other);
}

function point(view: SchedulerView, m: number, u: number, reason: Reason): Assignment | null {
  const job = view.head(view.models[m]!); // m < models
  return job ? { job: job.id, model: job.model, unit: view.units[u]!.unit.id, reason } : null; // u < units
}
