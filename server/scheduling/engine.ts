import type { Result } from '../brand.ts';
import type { Inference, ModelId, UnitId } from '../hardware/unit.ts';
import type { Callback } from './callback.ts';
import type { Clock } from './clock.ts';
import { createHandAhead } from './hand-ahead.ts';
import type { DoneJob, QueuedJob, RunningJob } from './job.ts';
import { createPoisonBook } from './poison.ts';
import type { Policy, UnitView } from './policy.ts';
import type { Profiler } from './profiler.ts';
import { createQueue } from './queue.ts';
import type { Why } from './reason.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { type EngineUnit, type Load, Seat } from './seat.ts';

export type { EngineUnit };

/** A policy that waits while nothing works is asked again after so long, then twice as long each time; not for ever, for a rehearsal has no other end. */
const ASK_AGAIN = { firstMs: 1000, longestMs: 64_000, times: 25 };

/** A job is tried so often before it is given up. */
export const MAX_ATTEMPTS = 3;

export interface Engine {
  /** Decided on at the end of this instant, together with everything else that happens in it. */
  submit(job: QueuedJob): void;
  /** The unit is gone: what it held is queued again, and it is handed nothing until `returned`. `byItself`: nobody took it away; what it ran may be why. */
  lost(unit: UnitId, reason: string, byItself?: boolean): void;
  /** The unit is back, with nothing loaded but `resident`. */
  returned(unit: UnitId, resident: readonly ModelId[]): void;
  /** Asks the policy once more, though nothing has happened. */
  reconsider(): void;
  /** Fails every waiting job. */
  giveUp(reason: string): void;
  /** Hands out nothing more; what runs may end. */
  halt(): void;
  waiting(): number;
  waitingOf(model: ModelId): number;
  readonly inFlight: number;
  /** What the unit holds now, the running job first. */
  held(unit: UnitId): readonly RunningJob[];
  /** Least recently used first. */
  resident(unit: UnitId): readonly ModelId[];
  readonly scheduler: Pick<Scheduler<UnitView>, 'asked' | 'spentUs'>;
}

/**
 * The heart, the same live and on a virtual clock: queue → scheduler ⇄ policy → driver → profiler and callback. It is
 * synchronous and event driven; all that happens in one instant is taken in before anything is decided.
 */
export function createEngine(parts: {
  readonly clock: Clock;
  readonly units: readonly EngineUnit[];
  readonly models: readonly ModelId[];
  readonly policy: Policy;
  readonly profiler: Profiler;
  readonly callback: Callback;
  readonly stopwatch?: () => number;
  /** Whether jobs may still be submitted, as far as a policy may know. */
  readonly moreToCome: () => boolean;
  readonly explained: boolean;
  /** How long before its job should end a unit is handed the next; 0 where answers and orders take no time. */
  readonly aheadMs?: number;
}): Engine {
  const { clock, profiler, callback, aheadMs = 0 } = parts;
  const queue = createQueue(parts.models);
  const seats = parts.units.map((u) => new Seat(u, clock, profiler, (...answer) => ended(...answer)));
  const byUnit = new Map(seats.map((seat) => [seat.unit.id, seat]));
  const scheduler = createScheduler({ ...parts, queue, units: seats, now: () => clock.now() });
  const poison = createPoisonBook();
  let halted = false;
  let due = false;

  const decideSoon = () => {
    if (due || halted) return;
    due = true;
    clock.after(0, decide);
  };
  const decide = () => {
    due = false;
    if (halted) return;
    scheduler.decide(assign);
    if (engine.inFlight === 0 && queue.size > 0) askAgainLater();
  };
  let asksAgain = false;
  /** Nothing works that could end, and perhaps nothing comes. */
  const askAgainLater = () => {
    if (asksAgain) return;
    const wait = (ms: number, times: number) => {
      asksAgain = true;
      clock.after(ms, () => {
        asksAgain = false;
        if (halted || engine.inFlight > 0 || queue.size === 0) return;
        scheduler.decide(assign);
        if (engine.inFlight === 0 && queue.size > 0 && times > 1)
          wait(Math.min(2 * ms, ASK_AGAIN.longestMs), times - 1);
      });
    };
    wait(ASK_AGAIN.firstMs, ASK_AGAIN.times);
  };
  const ahead = aheadMs > 0 ? createHandAhead({ clock, profiler, aheadMs, decide }) : null;
  const assign = (queued: QueuedJob, seat: Seat, why: Why | null) => {
    const { id, model, arrivalMs, input, attempt, deadlineMs, priority } = queued;
    if (poison.has(model)) return refuse(queued);
    const unit = seat.unit.id;
    const dispatchMs = clock.now();
    const job: RunningJob = { id, model, arrivalMs, input, attempt, deadlineMs, priority, unit, dispatchMs, why };
    engine.inFlight++;
    seat.start(job);
    if (seat.held.length === 1) ahead?.began(seat);
  };
  const refuse = (job: QueuedJob) => {
    const error = `${job.model} ended the processes of two units, and is not run again`;
    callback.failed({ ...job, unit: null, dispatchMs: clock.now(), why: null, endMs: clock.now(), error });
    decideSoon();
  };
  const ended = (seat: Seat, job: RunningJob, load: Load, result: Result<Inference>) => {
    engine.inFlight--;
    if (result.ok) {
      const { serviceMs, loadMs } = result.value;
      poison.answered(job.model);
      profiler.observe(job.model, job.unit, serviceMs);
      if (load) profiler.observeLoad(job.model, job.unit, loadMs);
      callback.done(doneJob(job, load, result.value), result.value);
    } else {
      seat.residency.clear();
      callback.failed({ ...job, endMs: clock.now(), error: result.error });
    }
    ahead?.began(seat);
    decideSoon();
  };
  const requeue = (job: RunningJob, reason: string) => {
    engine.inFlight--;
    const { id, model, arrivalMs, input, attempt, deadlineMs, priority } = job;
    if (attempt >= MAX_ATTEMPTS)
      return callback.failed({ ...job, endMs: clock.now(), error: `${reason}; tried ${attempt} times` });
    const again: QueuedJob = { id, model, arrivalMs, input, attempt: attempt + 1, deadlineMs, priority };
    queue.giveBack(again);
    scheduler.arrived(again);
    callback.lost(job, reason);
  };
  const engine = {
    inFlight: 0,
    submit(job: QueuedJob) {
      queue.push(job);
      scheduler.arrived(job);
      decideSoon();
    },
    lost(unit: UnitId, reason: string, byItself = false) {
      const held = byUnit.get(unit)?.leave() ?? [];
      if (byItself && held[0]) poison.killed(held[0]);
      for (const job of held) requeue(job, reason);
      decideSoon();
    },
    returned(unit: UnitId, resident: readonly ModelId[]) {
      byUnit.get(unit)?.comeBack(resident);
      decideSoon();
    },
    reconsider: decideSoon,
    giveUp(error: string) {
      for (const { model } of [...queue.heads()]) {
        for (let job = queue.take(model); job; job = queue.take(model))
          callback.failed({ ...job, unit: null, dispatchMs: clock.now(), why: null, endMs: clock.now(), error });
      }
    },
    halt() {
      halted = true;
    },
    waiting: () => queue.size,
    waitingOf: (model: ModelId) => queue.waiting(model),
    held: (unit: UnitId) => byUnit.get(unit)?.held ?? [],
    resident: (unit: UnitId) => byUnit.get(unit)?.resident ?? [],
    scheduler,
  };
  return engine;
}

/** Field by field, as in `assign`: spreading cost four microseconds a job (x86, Node 20, 2026-11). */
function doneJob(job: RunningJob, load: Load, { startMs, endMs, loadMs }: Inference): DoneJob {
  const { id, model, arrivalMs, input, attempt, deadlineMs, priority, unit, dispatchMs, why } = job;
  const switched = load !== null && load.evict !== null;
  return {
    id,
    model,
    arrivalMs,
    input,
    attempt,
    deadlineMs,
    priority,
    unit,
    dispatchMs,
    why,
    startMs,
    endMs,
    loadMs,
    switched,
  };
}
