import { createServiceTime } from '../hardware/simulated/service-time.ts';
import type { JobId, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { createEngine } from './engine.ts';
import type { DoneJob } from './job.ts';
import type { Policy, PolicyOptions } from './policy.ts';
import { createProfiler, type KnownProfile } from './profiler.ts';
import type { RaceRound } from './race-round.ts';
import { createVirtualClock } from './virtual-clock.ts';
import { createVirtualDriver } from './virtual-driver.ts';

/** A job as it is played again. */
export interface RehearsedJob {
  readonly model: ModelId;
  /** Milliseconds since the first moment of the rehearsal. */
  readonly atMs: number;
  /** How long after its arrival it should have ended; infinite where nobody asked. */
  readonly withinMs: number;
  readonly priority: number;
}

/** What is played: real arrivals, on the units as they are and as quick as the profile says. */
export interface Scene {
  readonly jobs: readonly RehearsedJob[];
  /** Whether the jobs are all there is. */
  readonly declared: boolean;
  /** As they stand at its first moment: nothing resident, as nobody knows what the candidate would have kept there. */
  readonly units: readonly ProcessingUnit[];
  readonly profiles: readonly KnownProfile[];
  /** How much service times vary: who commits early pays for it. */
  readonly noiseCv: number;
  /** Of the drawn times: another one every time, so that one mishap is not met again and again. */
  readonly seed: number;
  readonly figure: RaceRound['figure'];
}

/** How a policy did on a scene; less is better. */
export interface Rehearsed {
  readonly policy: string;
  readonly value: number;
}

/** The first jobs fill the queues and are not judged. */
const WARM_UP = 0.2;

/** Plays the scene under the policy, by the same engine on a virtual clock. */
export function rehearse(scene: Scene, create: (options: PolicyOptions) => Policy, options: PolicyOptions): number {
  const clock = createVirtualClock();
  const rows = new Map<UnitId, Record<string, number>>();
  for (const { unit, model, meanMs } of scene.profiles) rows.set(unit, { ...rows.get(unit), [model]: meanMs });
  const known = new Set(scene.profiles.map(({ unit, model }) => `${unit} ${model}`));
  const done: DoneJob[] = [];
  const engine = createEngine({
    clock,
    units: scene.units.map((unit) => {
      const able = { ...unit, accepts: (model: ModelId) => unit.accepts(model) && known.has(`${unit.id} ${model}`) };
      return {
        unit: able,
        resident: [],
        driver: createVirtualDriver(
          unit,
          createServiceTime(unit.id, rows.get(unit.id) ?? {}, scene.seed, scene.noiseCv),
          clock,
        ),
      };
    }),
    models: options.models,
    policy: create(options),
    profiler: createProfiler(scene.profiles),
    callback: { done: (job) => void done.push(job), failed() {}, lost() {} },
    moreToCome: () => !scene.declared,
    explained: false,
  });
  let next = 0;
  const feed = () => {
    for (; next < scene.jobs.length && scene.jobs[next]!.atMs <= clock.now(); next++) {
      const { model, atMs, withinMs, priority } = scene.jobs[next]!; // inside
      engine.submit({
        id: next as JobId,
        model,
        arrivalMs: atMs,
        input: 0,
        attempt: 1,
        deadlineMs: atMs + withinMs,
        priority,
      });
    }
    if (next < scene.jobs.length) clock.after(scene.jobs[next]!.atMs - clock.now(), feed); // as above
  };
  feed();
  const endMs = clock.run();
  if (done.length < scene.jobs.length) return Number.POSITIVE_INFINITY;
  if (scene.figure === 'makespan') return endMs;
  const first = scene.jobs.length * WARM_UP;
  return figureOf(
    scene.figure,
    done.filter(({ id }) => id >= first),
  );
}

function figureOf(figure: Scene['figure'], judged: readonly DoneJob[]): number {
  if (figure === 'missRate') return judged.filter((job) => job.endMs > job.deadlineMs).length / judged.length;
  const ascending = Float64Array.from(judged, (job) => job.endMs - job.arrivalMs).sort();
  return ascending[Math.ceil(0.99 * ascending.length) - 1] ?? 0;
}
