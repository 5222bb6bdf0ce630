import type { JobId, ModelId } from '../hardware/unit.ts';
import type { Callback } from '../scheduling/callback.ts';
import type { Clock } from '../scheduling/clock.ts';
import { createEngine, type Engine, type EngineUnit } from '../scheduling/engine.ts';
import type { Policy } from '../scheduling/policy.ts';
import type { Profiler } from '../scheduling/profiler.ts';
import { createFeeder } from './feeder.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import type { Workload } from './workload.ts';

/** One policy, one workload, one set of units: the same live and simulated. */
export interface Run {
  readonly recorder: Recorder;
  readonly engine: Engine;
  readonly originMs: number;
  readonly total: number;
  readonly arrived: number;
  readonly done: number;
  readonly failed: number;
  /** Hands out nothing more and ends once what runs has ended. */
  stop(): void;
  /** Ends at once, whatever runs: nothing more is recorded. */
  abandon(): void;
  /** To be called when a unit is gone for good: jobs that nobody can run any more fail with the sentence. */
  settle(): void;
}

export interface RunParts {
  readonly clock: Clock;
  readonly units: readonly EngineUnit[];
  readonly models: readonly ModelId[];
  readonly workload: Workload;
  readonly policy: Policy;
  readonly profiler: Profiler;
  /** Pictures to go round; 0 where inputs do not matter. */
  readonly inputs?: number;
  readonly stopwatch?: () => number;
  /** Whether each decision is recorded with its reason and its alternatives. */
  readonly explained?: boolean;
  /** How long before its job should end a unit is handed the next. */
  readonly aheadMs?: number;
  /** Whether a lost unit may still come back, so that waiting for it makes sense. */
  readonly mayReturn?: () => boolean;
  /** Hears what is recorded, after it was. */
  readonly heard?: Partial<Callback>;
  readonly ended: (stopped: boolean) => void;
}

export function startRun(parts: RunParts): Run {
  const { clock, workload, models } = parts;
  const originMs = clock.now();
  const total = workload.atMs.length;
  const recorder = createRecorder(
    parts.units.map((u) => u.unit.id),
    models,
    originMs,
    total,
    parts.explained,
  );
  const feeder = createFeeder(workload);
  const counts = { arrived: 0, done: 0, failed: 0 };
  let stopped = false;
  let over = false;
  /** Whether the policy was told that nothing more comes, while it would rather have waited. */
  let told: 'no' | 'being asked' | 'yes' = 'no';
  const finish = () => {
    if (over || (stopped ? engine.inFlight > 0 : counts.done + counts.failed < total)) return;
    over = true;
    engine.halt();
    parts.ended(stopped);
  };
  const afterAnswer = () => {
    if (feeder.ended(clock.now() - originMs)) feed();
    afterEach();
  };
  const afterEach = () => {
    finish();
    if (!over && engine.inFlight === 0) settle();
  };
  const engine = createEngine({
    ...parts,
    explained: parts.explained ?? false,
    moreToCome: () => !workload.declared && told === 'no',
    callback: {
      done(job, inference) {
        if (over) return;
        recorder.done(job);
        counts.done++;
        parts.heard?.done?.(job, inference);
        afterAnswer();
      },
      failed(job) {
        if (over) return;
        recorder.failed(job);
        counts.failed++;
        parts.heard?.failed?.(job);
        afterAnswer();
      },
      lost(job, reason) {
        if (over) return;
        recorder.lost(job, clock.now());
        parts.heard?.lost?.(job, reason);
        afterEach();
      },
    },
  });
  /** Once all that is decided in this instant has been: nothing runs, something waits, nobody will come. */
  const settle = () => clock.after(0, () => clock.after(0, giveUpIfStuck));
  const giveUpIfStuck = () => {
    if (over || stopped || engine.inFlight > 0 || engine.waiting() === 0 || nextAtMs() < Number.POSITIVE_INFINITY)
      return;
    if (parts.mayReturn?.()) return;
    if (told !== 'yes') return told === 'no' ? waitNoMore() : undefined;
    engine.giveUp(`${parts.policy.name} has no unit left for the jobs that wait`);
  };
  /** A policy may keep a unit for what could come: when nothing does, it is told, and asked once more. */
  const waitNoMore = () => {
    told = 'being asked';
    engine.reconsider();
    clock.after(0, () => {
      told = 'yes';
      settle();
    });
  };
  /** Infinite when no more will be asked for, or not before something ends. */
  const nextAtMs = () => (counts.arrived < total ? feeder.atMs(counts.arrived) : Number.POSITIVE_INFINITY);
  const feed = () => {
    const nowMs = clock.now() - originMs;
    let atMs = nextAtMs();
    for (; !stopped && atMs <= nowMs; atMs = nextAtMs()) submit(counts.arrived++, originMs + atMs); // as asked for, not as noticed: a late timer is latency too
    if (!stopped && atMs < Number.POSITIVE_INFINITY) clock.after(atMs - nowMs, feed);
    else if (engine.inFlight === 0) settle();
  };
  const submit = (id: number, arrivalMs: number) => {
    told = 'no';
    const input = parts.inputs ? id % parts.inputs : 0;
    const deadlineMs = workload.withinMs ? arrivalMs + workload.withinMs[id]! : Number.POSITIVE_INFINITY; // one per job
    const priority = workload.priority?.[id] ?? 0;
    const model = models[workload.model[id]!]!; // a workload's models are the run's
    engine.submit({ id: id as JobId, model, arrivalMs, input, attempt: 1, deadlineMs, priority });
  };
  feed();
  if (total === 0) clock.after(0, finish);
  return {
    recorder,
    engine,
    originMs,
    total,
    get arrived() {
      return counts.arrived;
    },
    get done() {
      return counts.done;
    },
    get failed() {
      return counts.failed;
    },
    stop() {
      stopped = true;
      engine.halt();
      finish();
    },
    abandon() {
      over = true;
      engine.halt();
    },
    settle,
  };
}
