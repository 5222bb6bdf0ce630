import type { ModelId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import { type Assignment, definePolicy, type SchedulerView, type UnitView } from '../policy.ts';
import { createLane, type Lane } from './lane.ts';

/**
 * Work stealing (Blumofe and Leiserson, JACM 46(5), 1999; StarPU's `ws`): jobs are dealt in turn to the queues of the units
 * that can run them. A unit serves its own queue, oldest first; when that is empty it takes the newest from the longest of
 * the others that holds something for it. The queue of a unit that is lost is dealt anew.
 */
export const stealing = definePolicy(
  'stealing',
  'Work stealing: jobs are dealt in turn to the units; one with nothing left takes from the longest queue of the others.',
  () => {
    let hands: Hand[] | null = null;
    let turn = 0;
    const next = (model: ModelId, present: boolean) =>
      nextFrom(hands ?? [], turn, ({ unit }) => unit.unit.accepts(model) && (unit.present || !present));
    const deal = (job: QueuedJob, view: SchedulerView) => {
      hands ??= view.units.map((unit) => createHand(unit, view.models.length));
      const at = next(job.model, true);
      // With no such unit present it waits with one that is away.
      const to = at >= 0 ? at : next(job.model, false);
      if (to < 0) return; // no unit of this run can ever run it
      turn = (to + 1) % hands.length;
      hands[to]!.put(job, view.models.indexOf(job.model)); // one of the hands
    };
    /** What waits with units that are away goes to those that are there. */
    const redeal = (hand: Hand, view: SchedulerView) => {
      for (const lane of hand.lanes)
        if (lane.size > 0 && next(lane.first()!.model, true) >= 0) for (const job of hand.empty(lane)) deal(job, view); // not empty
    };
    return {
      arrived: deal,
      decide(view) {
        for (const hand of hands ?? []) if (hand.size > 0 && !hand.unit.present) redeal(hand, view);
        for (const hand of hands ?? []) {
          if (!hand.unit.idle) continue;
          const assignment = hand.own() ?? steal(hand, hands ?? [], view);
          if (assignment) return assignment;
        }
        return null;
      },
    };
  },
);

function nextFrom(hands: readonly Hand[], turn: number, may: (hand: Hand) => boolean): number {
  for (let step = 0; step < hands.length; step++) {
    const at = (turn + step) % hands.length;
    if (may(hands[at]!)) return at; // inside
  }
  return -1;
}

/** What was dealt to one unit: a lane for each model, so that a thief finds what it can run. */
interface Hand {
  readonly unit: UnitView;
  readonly lanes: readonly Lane<QueuedJob>[];
  readonly size: number;
  put(job: QueuedJob, model: number): void;
  own(): Assignment | null;
  /** The lane of the newest job that the thief can run. */
  newestFor(thief: UnitView, view: SchedulerView): Lane<QueuedJob> | null;
  give(from: Lane<QueuedJob>): QueuedJob | undefined;
  /** All jobs of one of its lanes. */
  empty(lane: Lane<QueuedJob>): QueuedJob[];
}

function createHand(unit: UnitView, models: number): Hand {
  const lanes: Lane<QueuedJob>[] = Array.from({ length: models }, createLane<QueuedJob>);
  let size = 0;
  const oldest = (): Lane<QueuedJob> | null => {
    let found: Lane<QueuedJob> | null = null;
    for (const lane of lanes) if (lane.size > 0 && (!found || lane.first()!.id < found.first()!.id)) found = lane; // neither is empty
    return found;
  };
  return {
    unit,
    lanes,
    get size() {
      return size;
    },
    put(job, model) {
      size++;
      const lane = lanes[model]!; // a lane per model
      if ((lane.first()?.id ?? -1) > job.id) lane.unshift(job);
      else lane.push(job);
    },
    own() {
      const job = size > 0 ? oldest()?.shift() : undefined;
      if (!job) return null;
      size--;
      return { job: job.id, model: job.model, unit: unit.unit.id, reason: 'own' };
    },
    newestFor(thief, view) {
      let found: Lane<QueuedJob> | null = null;
      for (let m = 0; m < lanes.length; m++) {
        const lane = lanes[m]!; // inside
        if (lane.size === 0 || !thief.unit.accepts(view.models[m]!)) continue; // a lane per model
        if (!found || lane.last()!.id > found.last()!.id) found = lane; // neither is empty
      }
      return found;
    },
    give(from) {
      size--;
      return from.pop();
    },
    empty(lane) {
      size -= lane.size;
      return lane.drain();
    },
  };
}

function steal(thief: Hand, hands: readonly Hand[], view: SchedulerView): Assignment | null {
  let victim: Hand | null = null;
  let lane: Lane<QueuedJob> | null = null;
  for (const hand of hands) {
    if (hand === thief || hand.size <= (victim?.size ?? 0)) continue;
    const newest = hand.newestFor(thief.unit, view);
    if (newest) [victim, lane] = [hand, newest];
  }
  const job = lane && victim?.give(lane);
  return job ? { job: job.id, model: job.model, unit: thief.unit.unit.id, reason: 'stolen' } : null;
}
