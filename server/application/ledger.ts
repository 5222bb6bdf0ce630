import type { Precision, Source, UnitId } from '../hardware/unit.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import type { ExperimentSpec, Status } from './experiment.ts';
import type { KeptProfile, Measurements } from './measure/kept.ts';
import type { RunFigures } from './measures.ts';
import type { Answer, NoteKind, RunPlan, RunQuality } from './messages.ts';

// What the conductor needs kept. The history keeps it; a test may keep it in memory.

/** Names as they were at launch, so that an old run still reads right when a board or a model is gone. */
export interface PlatformNames {
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly source: Source;
    readonly precision: Precision;
  }[];
  readonly models: readonly { readonly id: string; readonly name: string; readonly trained: boolean }[];
  readonly pictures: readonly {
    readonly sha256: string;
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly sample: boolean;
  }[];
}
/** Anything a simulated unit touched is `simulated`; `mixed` had real units as well. */
export type SourceMix = 'hardware' | 'simulated' | 'mixed';

export interface NewExperiment {
  readonly name: string;
  readonly spec: ExperimentSpec;
  readonly platform: PlatformNames;
  readonly source: SourceMix;
  readonly createdBy: string;
  /** What a load came to, or the rate itself; null for closed batches. */
  readonly ratePerS: number | null;
  readonly boundThroughput: number | null;
  /** In the order that they will run. */
  readonly runs: readonly {
    readonly policy: string;
    readonly repeat: number;
    readonly predicted: RunFigures | null;
  }[];
}
export interface KeptExperiment extends Omit<NewExperiment, 'runs'> {
  readonly id: number;
  readonly runs: readonly { readonly id: number; readonly policy: string; readonly repeat: number }[];
}
export interface RunEnd {
  readonly status: Exclude<Status, 'queued' | 'running'>;
  readonly reason: string | null;
  readonly figures: RunFigures | null;
  readonly failed: number;
  readonly quality: RunQuality | null;
}
export interface KeptNote {
  readonly atMs: number;
  readonly kind: NoteKind;
  readonly unit: UnitId | null;
  readonly text: string;
}

/** Every promise resolves when the disk has it. */
export interface Ledger {
  /** Experiments that wait, oldest first. */
  queued(): Promise<readonly KeptExperiment[]>;
  create(experiment: NewExperiment): Promise<KeptExperiment>;
  experimentStarted(experiment: number): Promise<void>;
  experimentEnded(experiment: number, status: Status): Promise<void>;
  runStarted(run: number, plan: RunPlan): Promise<void>;
  /** One encoded trace, rows numbered on from the last. */
  rows(run: number, encoded: Uint8Array): void;
  note(run: number, note: KeptNote): Promise<void>;
  round(run: number, round: RaceRound): Promise<void>;
  answer(run: number, answer: Answer): Promise<void>;
  /** After the run's last row. Says how it is kept to have ended: it is not done when some of its rows were lost. */
  runEnded(run: number, end: RunEnd): Promise<RunEnd['status']>;
  /** Figures of what was kept of a run that never came to its end. */
  figuresSoFar(run: number, plan: RunPlan): Promise<RunFigures | null>;
  /** Runs that will not begin any more. */
  runsDropped(runs: readonly number[], status: 'stopped' | 'interrupted', reason: string): Promise<void>;
  saveProfiles(profiles: readonly KeptProfile[]): Promise<void>;
  saveMeasurements(fresh: Measurements): Promise<void>;
}
