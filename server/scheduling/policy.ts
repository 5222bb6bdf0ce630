import type { JobId, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import type { QueuedJob } from './job.ts';
import type { Profile } from './profiler.ts';
import type { RaceRound } from './race-round.ts';
import type { Reason } from './reason.ts';
import type { Rehearsed, Scene } from './rehearsal.ts';

/** One unit as a policy sees it. */
export interface UnitView {
  readonly unit: ProcessingUnit;
  /** May be handed a job now. */
  readonly idle: boolean;
  /** False while it is unplugged or its process is gone. */
  readonly present: boolean;
  /** Least recently used first. */
  readonly resident: readonly ModelId[];
  /** When it will be free, by the profile; `nowMs` if it is. */
  readonly freeAtMs: number;
  /** Milliseconds of switching that the model would cost now; 0 when resident or when a slot is free. */
  switchMs(model: ModelId): number;
}

/** Everything a policy may look at. Valid only during `decide`; never kept, never changed. */
export interface SchedulerView {
  readonly nowMs: number;
  /** False when the work is known to be all there: a closed batch. A stream never says. */
  readonly moreToCome: boolean;
  /** Waiting jobs, oldest first. */
  readonly queue: Iterable<QueuedJob>;
  /** The oldest waiting job of each model that has one, oldest first. */
  readonly heads: readonly QueuedJob[];
  /** All models of the run, in platform order. */
  readonly models: readonly ModelId[];
  /** All units of the run, in platform order. */
  readonly units: readonly UnitView[];
  head(model: ModelId): QueuedJob | undefined;
  /** The waiting job of the model with so many older ones before it; the head has none. */
  nth(model: ModelId, older: number): QueuedJob | undefined;
  /** The oldest waiting job of the model whose deadline is that late or later. Jobs of a model are taken to be due in order. */
  from(model: ModelId, deadlineMs: number): QueuedJob | undefined;
  waiting(model: ModelId): number;
  profile(model: ModelId, unit: UnitId): Profile | undefined;
  /** How many lasting changes of speed the profiler has noticed so far: a plan made at a smaller number is out of date. */
  readonly drifts: number;
}

export interface Assignment {
  /** Any waiting job of the model; usually the oldest. */
  readonly job: JobId;
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly reason: Reason;
}

/** Looks and points: `null` means "I would rather wait". */
export interface Policy {
  readonly name: string;
  readonly summary: string;
  decide(view: SchedulerView): Assignment | null;
  /** Told of each job that begins to wait, or waits again because its unit was lost, before the next `decide`. */
  arrived?(job: QueuedJob, view: SchedulerView): void;
  /** What serving the model there costs above the best routing now, in milliseconds; NaN where that is unknown. For explanations. */
  price?(model: ModelId, unit: UnitId): number;
}

/** How a policy is known before a run needs it; one small file each. */
export interface PolicyMaker {
  readonly name: string;
  readonly summary: string;
  /** Throws `PolicyRefuses` when it cannot serve the platform. */
  create(options: PolicyOptions): Policy;
}

/** Why a policy cannot begin. */
export type Refusal =
  | { readonly code: 'unmapped' }
  | { readonly code: 'unranked'; readonly models: readonly ModelId[] };

/** Thrown by `create`: a sentence, and what it says in a form that can be worded in any language. */
export class PolicyRefuses extends Error {
  constructor(
    message: string,
    readonly refusal: Refusal,
  ) {
    super(message);
  }
}

export function definePolicy(
  name: string,
  summary: string,
  create: (options: PolicyOptions) => Policy['decide'] | Omit<Policy, 'name' | 'summary'>,
): PolicyMaker {
  return {
    name,
    summary,
    create(options) {
      const made = create(options);
      return typeof made === 'function' ? { name, summary, decide: made } : { name, summary, ...made };
    },
  };
}

/** What is known before the first job: the platform, the share of each model, and the ranks a person or the profiler gave. */
export interface PolicyOptions {
  readonly units: readonly ProcessingUnit[];
  readonly models: readonly ModelId[];
  /** The shares that were asked for, in the order of `models`. */
  readonly mix: readonly number[];
  /** Jobs of each model: of the closed batch (a small one may have none of some), or of a thousand of the stream. */
  readonly jobs: readonly number[];
  /** Mean service time by the profile at the start; `null` = cannot run there. */
  latencyMs(model: ModelId, unit: UnitId): number | null;
  /** Unit → models, best first. A unit that is missing has no rank and serves only its pinned model. */
  readonly ranks: ReadonlyMap<UnitId, readonly ModelId[]>;
  /** Plays the scene under the named policies elsewhere, so that no job waits for it; left out: here and now. */
  readonly rehearse?: (
    scene: Scene,
    policies: readonly string[],
    done: (values: readonly Rehearsed[], tookMs: number) => void,
  ) => void;
  /** Hears how each rehearsal of `race` ended. */
  readonly onRound?: (round: RaceRound) => void;
}
