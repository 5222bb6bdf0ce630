import type { JobId, ModelId, UnitId } from '../../hardware/unit.ts';
import type { QueuedJob } from '../job.ts';
import { definePolicy, type Policy, type PolicyMaker, type PolicyOptions, type SchedulerView } from '../policy.ts';
import type { KnownProfile } from '../profiler.ts';
import type { RaceRound } from '../race-round.ts';
import { type Rehearsed, type RehearsedJob, rehearse, type Scene } from '../rehearsal.ts';
import { createVerdict, endsFirst } from './race-verdict.ts';

/** A stream is rehearsed so often, in milliseconds of the run… */
const EVERY_MS = 2000;
/** …on what arrived in the last so many, and no more jobs than this. */
const WINDOW_MS = 30_000;
const MOST_JOBS = 3000;
/** Fewer arrivals say nothing about the tail. */
const FEWEST_JOBS = 200;
/**
 * Every policy on the same recent arrivals, in simulation, on the profile of the moment: the winner is put in charge. A new
 * one is told of every job that waits, so none is lost, and what runs is not touched.
 */
export const raceOf = (candidates: () => readonly PolicyMaker[]): PolicyMaker =>
  definePolicy('race', 'Rehearses every policy on the last arrivals and puts the winner in charge.', (options) => {
    const field = candidates();
    const { models } = options;
    /** Those that only learn from arrivals, and hold no queue of their own, are kept and fed: they know the stream when it is their turn. */
    const kept = new Map(
      LEARNERS.flatMap((name) =>
        field.filter((maker) => maker.name === name).map((maker) => [name, maker.create(options)] as const),
      ),
    );
    const log: (RehearsedJob & { readonly id: JobId })[] = [];
    let played = 0;
    let charge: Policy | null = null;
    let verdict = createVerdict('');
    let roundAtMs = Number.NEGATIVE_INFINITY;
    let firstMs = Number.NaN;
    let pending = false;
    let answer: Answer | null = null;

    const take = (name: string, view: SchedulerView) => {
      const maker = field.find((each) => each.name === name)!; // a candidate's name
      const fresh = kept.get(name) ?? maker.create(options);
      if (fresh.arrived && !kept.has(name)) for (const job of view.queue) fresh.arrived(job, view);
      charge = fresh;
    };
    const judge = (values: readonly Rehearsed[], scene: Scene, tookMs: number, view: SchedulerView) => {
      const own = charge!.name; // a round begins with somebody in charge
      const winner = scene.declared ? endsFirst(values, own) : verdict.after(values, own);
      const switched = winner !== own;
      if (switched) take(winner, view);
      options.onRound?.({
        atMs: view.nowMs - firstMs,
        figure: scene.figure,
        entries: values.filter(({ value }) => Number.isFinite(value)).map(({ policy, value }) => ({ policy, value })),
        winner,
        switched,
        jobs: scene.jobs.length,
        tookMs,
      });
    };
    const round = (view: SchedulerView) => {
      const scene = sceneOf(view, models, log, played);
      if (!scene) return;
      played += 1;
      roundAtMs = view.nowMs;
      const names = field.map((maker) => maker.name);
      if (options.rehearse) {
        if (pending) return;
        pending = true;
        options.rehearse(scene, names, (values, tookMs) => {
          pending = false;
          answer = { values, scene, tookMs }; // heeded at the next decision: a policy looks only while it is asked
        });
      } else judge(rehearseAll(scene, field, options), scene, 0, view);
    };
    return {
      arrived(job, view) {
        if (Number.isNaN(firstMs)) firstMs = view.nowMs;
        if (job.attempt === 1) note(log, job);
        for (const policy of kept.values()) policy.arrived?.(job, view);
        if (charge && !kept.has(charge.name)) charge.arrived?.(job, view);
      },
      decide(view) {
        if (!charge) {
          const deadlines = view.heads.some((job) => Number.isFinite(job.deadlineMs));
          const home = deadlines && kept.has('deadline') ? 'deadline' : (field[0]?.name ?? '');
          verdict = createVerdict(home);
          take(home, view);
          if (!view.moreToCome) round(view);
        }
        const heard = answer as Answer | null; // set by whoever rehearses elsewhere
        answer = null;
        if (heard) judge(heard.values, heard.scene, heard.tookMs, view);
        if (view.moreToCome && view.nowMs - roundAtMs >= EVERY_MS) round(view);
        return charge!.decide(view); // somebody is in charge
      },
      price: (model: ModelId, unit: UnitId) => charge?.price?.(model, unit) ?? Number.NaN,
    };
  });

interface Answer {
  readonly values: readonly Rehearsed[];
  readonly scene: Scene;
  readonly tookMs: number;
}

const LEARNERS = ['fluid', 'deadline'];
/** Every candidate's figure on the scene; one that refuses the board is not in it. */
export function rehearseAll(scene: Scene, field: readonly PolicyMaker[], options: PolicyOptions): Rehearsed[] {
  return field.flatMap((maker) => {
    try {
      return [{ policy: maker.name, value: rehearse(scene, maker.create, options) }];
    } catch {
      return [];
    }
  });
}

function note(
  log: (RehearsedJob & { readonly id: JobId })[],
  { id, model, arrivalMs, deadlineMs, priority }: QueuedJob,
): void {
  log.push({ id, model, atMs: arrivalMs, withinMs: deadlineMs - arrivalMs, priority });
  if (log.length > 4 * MOST_JOBS) log.splice(0, log.length - 2 * MOST_JOBS);
}

/** What is played: of a batch all that waits, of a stream its last arrivals. `null`: too little has come. */
function sceneOf(
  view: SchedulerView,
  models: readonly ModelId[],
  log: readonly RehearsedJob[],
  seed: number,
): Scene | null {
  const declared = !view.moreToCome;
  const recent = declared
    ? log.slice(0, 4 * MOST_JOBS)
    : log.slice(-MOST_JOBS).filter((job) => job.atMs >= view.nowMs - WINDOW_MS);
  if (!declared && recent.length < FEWEST_JOBS) return null;
  const startMs = recent[0]?.atMs ?? 0;
  const late = recent.some((job) => Number.isFinite(job.withinMs));
  const figure: RaceRound['figure'] = late ? 'missRate' : declared ? 'makespan' : 'p99';
  const present = view.units.filter((unit) => unit.present);
  const profiles = present.flatMap(({ unit }) =>
    models.flatMap((model) => (unit.accepts(model) ? (plain(view, model, unit.id) ?? []) : [])),
  );
  return {
    noiseCv: declared ? 0 : spreadOf(view, models),
    seed,
    jobs: recent.map(({ model, atMs, withinMs, priority }) => ({ model, atMs: atMs - startMs, withinMs, priority })),
    declared,
    units: present.map(({ unit }) => unit),
    profiles,
    figure,
  };
}

function plain(view: SchedulerView, model: ModelId, unit: UnitId): KnownProfile | null {
  const found = view.profile(model, unit);
  return found
    ? { model, unit, meanMs: found.meanMs, p95Ms: found.meanMs, loadMs: 0, samples: 1, source: 'given' }
    : null;
}

/** The coefficient of variation that the profile's quantiles tell of; the middle one of all pairs. */
function spreadOf(view: SchedulerView, models: readonly ModelId[]): number {
  const spreads = view.units.flatMap(({ unit }) =>
    models.flatMap((model) => {
      const found = unit.accepts(model) ? view.profile(model, unit.id) : undefined;
      return found && found.samples > FEWEST_SAMPLES ? [Math.log(found.p95Ms / found.p50Ms) / SIGMAS_TO_P95] : [];
    }),
  );
  return spreads.sort((a, b) => a - b)[spreads.length >> 1] ?? 0;
}

/** From so many measurements on a p95 says something. */
const FEWEST_SAMPLES = 20;
const SIGMAS_TO_P95 = 1.645;
