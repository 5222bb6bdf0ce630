import type { Result } from '../brand.ts';
import type { Driver, Inference, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import type { Callback } from './callback.ts';
import type { Clock } from './clock.ts';
import type { QueuedJob, RunningJob } from './job.ts';
import type { Assignment, Policy, UnitView } from './policy.ts';
import type { Profiler } from './profiler.ts';
import { createQueue } from './queue.ts';
import type { Why } from './reason.ts';
import { createResidency, type Residency } from './residency.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

/** A job is tried so often before it is given up. */
export const MAX_ATTEMPTS = 3;

export interface EngineUnit {
  readonly unit: ProcessingUnit;
  readonly driver: Driver;
  /** Models that are loaded before the first job. */
  readonly resident?: readonly ModelId[];
}

export interface Engine {
  /** Decided on at the end of this instant, together with everything else that happens in it. */
  submit(job: QueuedJob): void;
  /** The unit is gone: what it held is queued again, and it is handed nothing until `returned`. */
  lost(unit: UnitId, reason: string): void;
  /** The unit is back, with nothing loaded but `resident`. */
  returned(unit: UnitId, resident: readonly ModelId[]): void;
  /** Fails every waiting job. */
  giveUp(reason: string): void;
  /** Hands out nothing more; what runs may end. */
  halt(): void;
  readonly waiting: number;
  waitingOf(model: ModelId): number;
  readonly inFlight: number;
  /** What the unit holds now, the running job first. */
  held(unit: UnitId): readonly RunningJob[];
  /** Least recently used first. */
  resident(unit: UnitId): readonly ModelId[];
  readonly scheduler: Pick<Scheduler, 'asked' | 'spentUs'>;
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
}): Engine {
  const { clock, profiler, callback } = parts;
  const queue = createQueue(parts.models);
  const seats = parts.units.map((u) => createSeat(u, clock, profiler));
  const byUnit = new Map(seats.map((seat) => [seat.unit.id, seat]));
  const scheduler = createScheduler({ ...parts, queue, units: seats, now: () => clock.now() });
  let inFlight = 0;
  let halted = false;
  let due = false;

  const decideSoon = () => {
    if (due || halted) return;
    due = true;
    clock.after(0, () => {
      due = false;
      if (!halted) scheduler.decide(assign);
    });
  };
  const assign = ({ job: named, model, unit }: Assignment, why: Why | null) => {
    const seat = byUnit.get(unit)!; // the scheduler checked it
    const { id, arrivalMs, input, attempt, deadlineMs, priority } = queue.take(model, named)!; // as above
    // Field by field, here and in `ended`: spreading cost four microseconds a job (x86, Node 20, 2026-11).
    const dispatchMs = clock.now();
    const job: RunningJob = { id, model, arrivalMs, input, attempt, deadlineMs, priority, unit, dispatchMs, why };
    inFlight++;
    seat.start(job, (load, result) => ended(seat, job, load, result));
  };
  const ended = (seat: Seat, job: RunningJob, load: Load, result: Result<Inference>) => {
    inFlight--;
    if (result.ok) {
      const { startMs, endMs, serviceMs, loadMs } = result.value;
      const { id, model, arrivalMs, input, attempt, deadlineMs, priority, unit, dispatchMs, why } = job;
      profiler.observe(model, unit, serviceMs);
      if (load) profiler.observeLoad(model, unit, loadMs);
      const switched = load !== null && load.evict !== null;
      callback.done(
        {
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
        },
        result.value,
      );
    } else {
      seat.residency.clear();
      callback.failed({ ...job, endMs: clock.now(), error: result.error });
    }
    decideSoon();
  };
  const requeue = (job: RunningJob, reason: string) => {
    inFlight--;
    const { id, model, arrivalMs, input, attempt, deadlineMs, priority } = job;
    if (attempt >= MAX_ATTEMPTS)
      return callback.failed({ ...job, endMs: clock.now(), error: `${reason}; tried ${attempt} times` });
    const again: QueuedJob = { id, model, arrivalMs, input, attempt: attempt + 1, deadlineMs, priority };
    queue.giveBack(again);
    scheduler.arrived(again);
    callback.lost(job, reason);
  };
  return {
    submit(job) {
      queue.push(job);
      scheduler.arrived(job);
      decideSoon();
    },
    lost(unit, reason) {
      for (const job of byUnit.get(unit)?.leave() ?? []) requeue(job, reason);
      decideSoon();
    },
    returned(unit, resident) {
      byUnit.get(unit)?.comeBack(resident);
      decideSoon();
    },
    giveUp(error) {
      for (const head of queue.heads()) {
        for (let job = queue.take(head.model); job; job = queue.take(head.model))
          callback.failed({ ...job, unit: null, dispatchMs: clock.now(), why: null, endMs: clock.now(), error });
      }
    },
    halt() {
      halted = true;
    },
    get waiting() {
      return queue.size;
    },
    waitingOf: (model) => queue.waiting(model),
    get inFlight() {
      return inFlight;
    },
    held: (unit) => byUnit.get(unit)?.held() ?? [],
    resident: (unit) => byUnit.get(unit)?.resident ?? [],
    scheduler,
  };
}

type Load = { readonly evict: ModelId | null } | null;

/** A unit's place at the table: what it holds, what it has loaded, when it will be free. */
interface Seat extends UnitView {
  readonly residency: Residency;
  held(): readonly RunningJob[];
  start(job: RunningJob, done: (load: Load, result: Result<Inference>) => void): void;
  leave(): RunningJob[];
  comeBack(resident: readonly ModelId[]): void;
}

function createSeat({ unit, driver, resident }: EngineUnit, clock: Clock, profiler: Profiler): Seat {
  const residency = createResidency(unit);
  for (const model of resident ?? []) residency.use(model);
  let held: RunningJob[] = [];
  let present = true;
  let freeAtMs = 0;
  return {
    unit,
    residency,
    held: () => held,
    resident: residency.models,
    get present() {
      return present;
    },
    get idle() {
      return present && held.length < unit.depth;
    },
    get freeAtMs() {
      return Math.max(freeAtMs, clock.now());
    },
    switchMs: (model) => residency.switchMs(model),
    start(job, done) {
      const expectedMs = residency.switchMs(job.model) + (profiler.profile(job.model, unit.id)?.meanMs ?? 0);
      freeAtMs = Math.max(freeAtMs, job.dispatchMs) + expectedMs;
      const load = residency.use(job.model);
      held.push(job);
      driver.infer({ job: job.id, model: job.model, input: job.input, load }, (result) => {
        const at = held.indexOf(job);
        if (at < 0) return; // the unit was lost meanwhile and the job is queued again: a late answer counts for nothing
        held.splice(at, 1);
        done(load, result);
      });
    },
    leave() {
      const left = held;
      held = [];
      present = false;
      residency.clear();
      return left;
    },
    comeBack(models) {
      present = true;
      freeAtMs = clock.now();
      for (const model of models) residency.use(model);
    },
  };
}
