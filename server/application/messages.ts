import type { Result } from '../brand.ts';
import type { ModelFiles } from '../hardware/artefact.ts';
import type { Board, UnitOptions } from '../hardware/board.ts';
import type { UnitFault } from '../hardware/channel.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import type { UnitId } from '../hardware/unit.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import type { Arrivals } from './arrivals.ts';
import type { InferQuestion, Inferred } from './infer.ts';
import type { MeasureStep } from './measure/board.ts';
import type { KeptCoRun, KeptProfile, KeptSwitchCost } from './measure/kept.ts';
import type { RunFigures } from './measures.ts';
import type { RunConditions } from './run-conditions.ts';
import type { Settling } from './settle.ts';

// What crosses between the main process and the engine thread. Both ends are ours, so nothing here is re-checked.

/** A recorded stream is named by its file, which the engine reads itself. */
export type PlannedArrivals =
  | Exclude<Arrivals, { readonly kind: 'trace' }>
  | { readonly kind: 'trace'; readonly file: string };

/** A run with every question answered: what the engine is handed. */
export interface RunPlan {
  readonly run: number;
  readonly policy: string;
  /** In platform order; `model` and `unit` of the trace index these. */
  readonly units: readonly UnitId[];
  readonly models: readonly string[];
  readonly jobs: readonly number[];
  readonly arrivals: PlannedArrivals;
  /** How long after its arrival a job of each model should have ended; infinite where nobody asks. Left out: nobody does. */
  readonly deadlineMs?: readonly number[];
  /** Of each model, 0 to 255; left out: all are 0. */
  readonly priority?: readonly number[];
  readonly seed: number;
  readonly switchMs: number | 'forbidden' | 'table';
  readonly noiseCv: number;
  readonly ranks: 'poster' | 'profiler' | Readonly<Record<string, readonly string[]>>;
  /** Before its clock starts; see settle.ts. */
  readonly warmUpS?: number;
  readonly coolToC?: number | null;
  /** Files of the pictures, in the order that `input` indexes. */
  readonly pictures: readonly string[];
}

/** A simulated unit's fault knobs. */
export type Fault = UnitFault;
/** What a run notes when they are taken back. */
export const FAULTS_CLEARED = 'the faults set on it were cleared';

/** Beside commands and events: asks for a sign of life, and comes back as it is. */
export const PULSE = 'pulse';

export type EngineCommand =
  /** What there is; sent at the start and whenever it changes. `samples`: pictures to measure a real unit with. */
  | {
      readonly type: 'boards';
      readonly boards: readonly Board[];
      readonly models: readonly ModelFiles[];
      readonly profiles: readonly KeptProfile[];
      readonly switchCosts: readonly KeptSwitchCost[];
      readonly samples: readonly string[];
      /** The product's own, for what is measured to be kept with. */
      readonly version: string;
    }
  | { readonly type: 'run'; readonly plan: RunPlan }
  | { readonly type: 'stop'; readonly run: number }
  /** Measures a board's units; a run that begins puts an end to it. */
  | { readonly type: 'measure'; readonly board: string }
  | { readonly type: 'measure:stop' }
  /** One inference for a person who waits for it; see infer.ts. */
  | { readonly type: 'infer'; readonly question: InferQuestion }
  | { readonly type: 'fault'; readonly unit: UnitId; readonly fault: Fault }
  | { readonly type: 'release'; readonly unit: UnitId }
  /** Starts the unit's process anew. */
  | { readonly type: 'reset'; readonly unit: UnitId }
  /** The model is gone: what these units were measured with it counts for nothing. */
  | { readonly type: 'forget'; readonly model: string; readonly units: readonly string[] }
  | { readonly type: 'options'; readonly unit: UnitId; readonly options: UnitOptions }
  /** Once a second: what the machine is like. */
  | { readonly type: 'machine'; readonly machine: MachineWatched }
  | { readonly type: 'close' };

export type UnitStatus = 'asleep' | 'starting' | 'ready' | 'loading' | 'running' | 'absent' | 'quarantined';

/** A unit as the panel shows it; changes with every job, so it is sampled, never sent per job. */
export interface UnitLive {
  readonly id: UnitId;
  readonly status: UnitStatus;
  readonly pid: number | null;
  /** Why it is absent or quarantined. */
  readonly reason: string | null;
  readonly model: string | null;
  readonly resident: readonly string[];
  readonly crashes: number;
  /** Those set on a simulated unit that still hold. */
  readonly faults: readonly Fault[];
  /** Jobs since the process of the product started. */
  readonly jobs: number;
  /** Inferences that failed, since then. */
  readonly failed: number;
  /** Times that a model took the place of another on it, since then. */
  readonly switches: number;
  /** How many times longer it takes than at the start of its last run; null: no lasting change was noticed since. */
  readonly drift: number | null;
}

/** A measurement that a person asked for. */
export type MeasureState =
  | {
      readonly board: string;
      readonly status: 'measuring';
      /** null: it waits for the units. */
      readonly step: MeasureStep | null;
      readonly done: number;
      readonly of: number;
    }
  | { readonly board: string; readonly status: 'done' | 'stopped' | 'failed'; readonly reason: string | null };

/** A moment of a run, 20 times a second at most. Windowed figures cover the last second, or the run so far if shorter. */
export interface RunLive {
  readonly run: number;
  readonly phase: 'preparing' | 'running' | 'ending';
  readonly elapsedMs: number;
  readonly total: number;
  readonly arrived: number;
  readonly done: number;
  readonly failed: number;
  readonly waiting: Readonly<Record<string, number>>;
  readonly throughput: number;
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number } | null;
  readonly utilisation: Readonly<Record<string, number>>;
  /** While it prepares, where it cools or warms up. */
  readonly settling?: Settling;
}

/** The five likeliest classes of one picture, kept for units that really compute. */
export interface Answer {
  readonly unit: UnitId;
  readonly model: string;
  readonly input: number;
  readonly top: readonly { readonly index: number; readonly logit: number }[];
}

/** How well the machinery itself did; recorded with the run. */
export interface RunQuality {
  /** From a unit's completion to its next job's start, both stamped in the unit's process; microseconds. */
  readonly hopP50Us: number;
  readonly hopP99Us: number;
  readonly decisions: number;
  readonly decisionMeanUs: number;
  /** Of the machine meanwhile; null or missing: nobody looked. */
  readonly machine?: RunConditions | null;
}

export type EngineEvent =
  | { readonly type: 'unit'; readonly unit: UnitLive }
  | { readonly type: 'profile'; readonly profile: KeptProfile }
  | { readonly type: 'measure'; readonly state: MeasureState }
  | { readonly type: 'switch-costs'; readonly costs: readonly KeptSwitchCost[] }
  | { readonly type: 'co-runs'; readonly runs: readonly KeptCoRun[] }
  /** What a unit's process says it computes with, each time it opens. */
  | { readonly type: 'unit-info'; readonly unit: UnitId; readonly info: string }
  /** How warm a unit's device is, once a second where it has a thermometer. */
  | { readonly type: 'unit-warmth'; readonly unit: UnitId; readonly temperatureC: number }
  | { readonly type: 'inferred'; readonly ask: number; readonly result: Result<Inferred> }
  | { readonly type: 'run:started'; readonly run: number; readonly startedAt: number }
  | { readonly type: 'run:live'; readonly live: RunLive }
  /** One encoded trace (application/trace.ts), rows numbered on from the last. */
  | {
      readonly type: 'run:rows';
      readonly run: number;
      readonly firstSeq: number;
      readonly rows: number;
      readonly data: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly type: 'run:note';
      readonly run: number;
      readonly atMs: number;
      readonly kind: NoteKind;
      readonly unit: UnitId | null;
      readonly text: string;
    }
  /** The policy `race` has rehearsed. */
  | { readonly type: 'run:race'; readonly run: number; readonly round: RaceRound }
  | { readonly type: 'run:answer'; readonly run: number; readonly answer: Answer }
  | {
      readonly type: 'run:ended';
      readonly run: number;
      readonly status: 'done' | 'stopped' | 'failed';
      /** One sentence when it failed. */
      readonly reason: string | null;
      readonly figures: RunFigures | null;
      readonly failed: number;
      readonly quality: RunQuality;
    };

export type NoteKind =
  | 'unit-lost'
  | 'unit-back'
  | 'job-failed'
  | 'job-retried'
  | 'fault'
  | 'drift'
  /** Heat holds the machine back, and no longer; of no unit: of all. */
  | 'throttled'
  | 'unthrottled'
  | 'info';
