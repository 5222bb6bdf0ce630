import { type PlatformUnit, platformOfTable, policyOptions, type Ranks, unitsOf } from '../application/platform.ts';
import { givenProfiles, type Simulation } from '../application/simulate.ts';
import type { Board } from '../hardware/board.ts';
import { shippedBoards } from '../hardware/boards.ts';
import { POSTER_RANKS, POSTER_TABLE } from '../hardware/simulated/poster.ts';
import type { JobId, ModelId } from '../hardware/unit.ts';
import { createPolicy } from '../scheduling/policies/index.ts';
import type { Assignment, SchedulerView } from '../scheduling/policy.ts';
import { createProfiler } from '../scheduling/profiler.ts';
import { createQueue } from '../scheduling/queue.ts';
import { createResidency } from '../scheduling/residency.ts';

// A queue as one would draw it on paper: 'M R50 R101 M' on the poster's board, with some units idle.

const SHORT: Record<string, string> = { M: 'mobilenet_v2', R50: 'resnet50', R101: 'resnet101' };

export const POSTER_MODELS = POSTER_TABLE.models as ModelId[];

export const posterPlatform = (): PlatformUnit[] => platformOfTable(POSTER_TABLE, true);

/** The poster's comparison: its table, 500 ms a switch, a closed batch of so many of each model. */
export const posterSimulation = (policy: string, jobsOfEach: number, over: Partial<Simulation> = {}): Simulation => ({
  platform: posterPlatform(),
  models: POSTER_MODELS,
  counts: POSTER_MODELS.map(() => jobsOfEach),
  arrivals: { kind: 'closed' },
  policy,
  ranks: 'poster',
  posterRanks: POSTER_RANKS,
  conditions: { switchMs: SWITCH_MS, depth: 1 },
  seed: 42,
  noiseCv: 0,
  ...over,
});
export const SWITCH_MS = 500;

/** The board that ships with those units, each a process when the engine has it. */
export const posterBoard = (): Board => shippedBoards({ models: [] }).find((board) => board.id === 'tinker')!; // it ships

export interface Drawing {
  /** Oldest first. */
  readonly queue: string;
  /** Unit ids; the others are busy. */
  readonly idle: string;
  /** What the NCS2 holds. */
  readonly ncs2?: string;
  readonly switchMs?: number | 'forbidden';
  readonly ranks?: Ranks;
  /** Milliseconds until busy units are free; 0 where left out: they should be done by now. */
  readonly busyMs?: Readonly<Record<string, number>>;
  /** Unit ids of those that are gone. */
  readonly gone?: string;
  /** Pairs of which nothing is known: "npu/R50". */
  readonly unmeasured?: string;
}

/** What the policy says to the drawing: "R50#1 → npu", or "waits". Job numbers count from 0. */
export function asked(policy: string, drawing: Drawing): string {
  const answer = answerTo(policy, drawing);
  return answer ? `${short(answer.model)}#${answer.job} → ${answer.unit}` : 'waits';
}

/** The same with the reason: "R50#1 → npu, soonest". */
export function askedWhy(policy: string, drawing: Drawing): string {
  const answer = answerTo(policy, drawing);
  return answer ? `${short(answer.model)}#${answer.job} → ${answer.unit}, ${answer.reason}` : 'waits';
}

/** The jobs have come one by one, and then it is asked. */
function answerTo(name: string, drawing: Drawing): Assignment | null {
  const policy = createPolicy(name, optionsOf(drawing));
  const view = viewOf(drawing);
  for (const job of view.queue) policy.arrived?.(job, view);
  return policy.decide(view);
}

const short = (model: string): string => Object.keys(SHORT).find((key) => SHORT[key] === model) ?? model;

function optionsOf(drawing: Drawing) {
  const platform = posterPlatform();
  const jobs = [100, 100, 100];
  const units = unitsOf(platform, POSTER_MODELS, jobs, { switchMs: drawing.switchMs ?? 500, depth: 1 });
  return policyOptions(platform, units, POSTER_MODELS, { jobs }, drawing.ranks ?? 'poster', POSTER_RANKS);
}

function viewOf(drawing: Drawing): SchedulerView {
  const queue = createQueue(POSTER_MODELS);
  drawing.queue.split(' ').forEach((name, id) => {
    if (name)
      queue.push({
        id: id as JobId,
        model: SHORT[name] as ModelId,
        arrivalMs: 0,
        input: 0,
        attempt: 1,
        deadlineMs: Number.POSITIVE_INFINITY,
        priority: 0,
      });
  });
  const unmeasured = drawing.unmeasured?.split(' ') ?? [];
  const given = givenProfiles(posterPlatform(), POSTER_MODELS);
  const profiler = createProfiler(given.filter(({ model, unit }) => !unmeasured.includes(`${unit}/${short(model)}`)));
  const idle = drawing.idle.split(' ');
  const gone = drawing.gone?.split(' ') ?? [];
  const units = optionsOf(drawing).units.map((unit) => {
    const residency = createResidency(unit);
    if (unit.id === 'ncs2' && drawing.ncs2) residency.use(SHORT[drawing.ncs2] as ModelId);
    if (unit.id !== 'ncs2') for (const model of POSTER_MODELS) residency.use(model);
    return {
      unit,
      idle: idle.includes(unit.id),
      present: !gone.includes(unit.id),
      resident: residency.models,
      freeAtMs: drawing.busyMs?.[unit.id] ?? 0,
      switchMs: residency.switchMs,
    };
  });
  return {
    nowMs: 0,
    moreToCome: false,
    queue,
    heads: queue.heads(),
    models: POSTER_MODELS,
    units,
    head: queue.head,
    nth: queue.nth,
    from: queue.from,
    waiting: queue.waiting,
    profile: profiler.profile,
    drifts: 0,
  };
}
