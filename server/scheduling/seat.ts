import type { Result } from '../brand.ts';
import type { Driver, Inference, ModelId, ProcessingUnit } from '../hardware/unit.ts';
import type { Clock } from './clock.ts';
import type { RunningJob } from './job.ts';
import type { UnitView } from './policy.ts';
import type { Profiler } from './profiler.ts';
import { createResidency, type Residency } from './residency.ts';

export interface EngineUnit {
  readonly unit: ProcessingUnit;
  readonly driver: Driver;
  /** Models that are loaded before the first job. */
  readonly resident?: readonly ModelId[];
}

/** What had to be loaded for a job; `null`: nothing. */
export type Load = { readonly evict: ModelId | null } | null;

/**
 * A unit's place at the table: what it holds, what it has loaded, when it will be free. A class, for an object literal with a
 * getter is a dictionary to V8, however often it is read: with them a simulation took half as long again (Node 20, 2026-11).
 */
export class Seat implements UnitView {
  present = true;
  /** It may be given one job more than its depth: see [hand-ahead](hand-ahead.ts). */
  open = false;
  readonly unit: ProcessingUnit;
  readonly residency: Residency;
  private readonly driver: Driver;
  private jobs: RunningJob[] = [];
  /** What each job behind the running one should take, in milliseconds. */
  private behindMs: number[] = [];
  private doneAtMs = 0;

  constructor(
    { unit, driver, resident }: EngineUnit,
    private readonly clock: Clock,
    private readonly profiler: Profiler,
    private readonly ended: (seat: Seat, job: RunningJob, load: Load, result: Result<Inference>) => void,
  ) {
    this.unit = unit;
    this.driver = driver;
    this.residency = createResidency(unit);
    this.load(resident ?? []);
  }

  /** The running job first. */
  get held(): readonly RunningJob[] {
    return this.jobs;
  }

  get resident(): readonly ModelId[] {
    return this.residency.models;
  }

  get idle(): boolean {
    return this.present && (this.jobs.length < this.unit.depth || (this.open && this.jobs.length === this.unit.depth));
  }

  /** When the running job should end. */
  get firstEndMs(): number {
    let endMs = this.doneAtMs;
    for (const ms of this.behindMs) endMs -= ms;
    return endMs;
  }

  get freeAtMs(): number {
    return Math.max(this.doneAtMs, this.clock.now());
  }

  switchMs(model: ModelId): number {
    return this.residency.switchMs(model);
  }

  start(job: RunningJob): void {
    const { id, model, input, dispatchMs } = job;
    const expectedMs = this.residency.switchMs(model) + (this.profiler.profile(model, this.unit.id)?.meanMs ?? 0);
    this.doneAtMs = Math.max(this.doneAtMs, dispatchMs) + expectedMs;
    if (this.jobs.length > 0) this.behindMs.push(expectedMs);
    const load = this.residency.use(model);
    this.jobs.push(job);
    this.driver.infer({ job: id, model, input, load }, (result) => {
      if (this.release(job)) this.ended(this, job, load, result);
    });
  }

  leave(): readonly RunningJob[] {
    const left = this.jobs;
    this.jobs = [];
    this.behindMs = [];
    this.present = false;
    this.residency.clear();
    return left;
  }

  comeBack(resident: readonly ModelId[]): void {
    this.present = true;
    this.doneAtMs = this.clock.now();
    this.load(resident);
  }

  private load(models: readonly ModelId[]): void {
    for (const model of models) this.residency.use(model);
  }

  /** False when the unit was lost meanwhile and the job is queued again: a late answer counts for nothing. */
  private release(job: RunningJob): boolean {
    const at = this.jobs.indexOf(job);
    if (at < 0) return false;
    if (at === this.jobs.length - 1) this.jobs.pop();
    else this.jobs.splice(at, 1);
    if (this.behindMs.length > 0) this.nextBegins();
    else this.doneAtMs = this.clock.now(); // sooner than foretold, perhaps: what comes next does not wait for that
    return true;
  }

  /** What is left ends later or sooner than foretold by as much as what has ended did. */
  private nextBegins(): void {
    this.doneAtMs = this.clock.now();
    for (const ms of this.behindMs) this.doneAtMs += ms;
    this.behindMs.shift();
  }
}
