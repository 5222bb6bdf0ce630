import type { Brand, Result } from '../brand.ts';

// Life of a unit:
//   asleep → starting → ready ⇄ loading ⇄ running → ready …
//   any → absent (unplugged or its process ended) → starting (back-off) → ready
//   three crashes in 60 s → quarantined, until a person releases it.

export type UnitId = Brand<string, 'UnitId'>;
export type ModelId = Brand<string, 'ModelId'>;
export type JobId = Brand<number, 'JobId'>;

export type Precision = 'fp32' | 'fp16' | 'int8';
/** Follows every figure a unit produces, to the last export. */
export type Source = 'hardware' | 'simulated';

/** What a unit says of itself. The scheduler never asks what kind of unit it is, only this. */
export interface ProcessingUnit {
  readonly id: UnitId;
  readonly precision: Precision;
  readonly source: Source;
  /** How many models stay loaded; the NCS2 holds one. */
  readonly modelSlots: number;
  /** How many jobs it may hold at once; the second one hides the hop to the unit's process. */
  readonly depth: number;
  /** Whether it can run the model at all. */
  accepts(model: ModelId): boolean;
  /** Milliseconds to make `to` resident when `from` has to leave; 0 when a slot is free. */
  switchCostMs(from: ModelId | null, to: ModelId): number;
}

/** What the driver is handed for one inference. */
export interface DriverJob {
  readonly job: JobId;
  readonly model: ModelId;
  /** Index into the run's pictures; ignored by units that compute nothing. */
  readonly input: number;
  /** Set when `model` is not resident: which model leaves (null: an empty slot is filled). */
  readonly load: { readonly evict: ModelId | null } | null;
}

/** Times are CLOCK_MONOTONIC milliseconds, stamped in the unit's own process. */
export interface Inference {
  readonly startMs: number;
  readonly endMs: number;
  /** Of the inference itself: what the profiler learns. Said by the unit, for `endMs - startMs` rounds. */
  readonly serviceMs: number;
  /** The device's own part of it, where its library tells. */
  readonly deviceMs?: number;
  /** Time spent making the model resident, before `startMs`. */
  readonly loadMs: number;
  /** The five likeliest classes, best first, for units that really compute. */
  readonly top?: readonly { readonly index: number; readonly logit: number }[];
}

export type Done<T> = (result: Result<T>) => void;

/** One driver per unit; the simulator's answers on a virtual clock, a process's over its channel. */
export interface Driver {
  infer(job: DriverJob, done: Done<Inference>): void;
}
