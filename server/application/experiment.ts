import * as z from 'zod';
import { isPaced } from './paced.ts';

// An experiment asks a question; a run is one policy and one repeat of it.

export { isOver, type Status } from './status.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, ".", "_" or "-"');
const sha256 = z.string().regex(/^[a-f0-9]{64}$/);
/** Exactly one of the two. */
const rate = {
  /** Arrivals per second. */
  ratePerS: z.number().positive().max(100_000).optional(),
  /** Share of the most that these units can do at this mix. */
  load: z.number().positive().max(10).optional(),
};
const distinct = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;

/** What a person asks for: parsed once at the door, typed from then on. */
export const experimentSpec = z
  .strictObject({
    name: z.string().trim().max(120).default(''),
    /** Unit ids as the board gives them, `<board>.<unit>`; units of several boards may be mixed. */
    units: z.array(id).min(1, 'choose at least one unit').max(32),
    /** A batch or queries: that many jobs of each model. Random arrivals: the sum is their number, each model drawn by its share. */
    models: z
      .array(
        z.strictObject({
          id,
          jobs: z.number().int().min(1).max(1_000_000),
          /** How long after its arrival each should have ended. */
          deadlineMs: z.number().min(0.001).max(3_600_000).optional(),
          /** Higher goes first where the policy heeds it; 0 where left out. */
          priority: z.number().int().min(0).max(255).optional(),
        }),
      )
      .min(1, 'choose at least one model')
      .max(32),
    policies: z
      .array(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/))
      .min(1, 'choose at least one policy')
      .max(16),
    workload: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('closed') }),
      z.strictObject({ kind: z.literal('poisson'), ...rate }),
      z.strictObject({
        kind: z.literal('bursts'),
        ...rate,
        /** The rate within a burst, as a multiple of the mean. */
        factor: z.number().min(1).max(1000),
        /** How long a burst lasts on average. */
        burstMs: z.number().min(1).max(3_600_000),
      }),
      /** A recorded stream that was uploaded before; the jobs of the models are those that it has. */
      z.strictObject({ kind: z.literal('trace'), trace: sha256 }),
      z.strictObject({ kind: z.literal('offline') }),
      /** Arrivals at this rate; what is asked is whether p99 keeps to its bound. */
      z.strictObject({ kind: z.literal('server'), ...rate, p99Ms: z.number().min(0.001).max(3_600_000) }),
      z.strictObject({ kind: z.literal('single-stream') }),
      z.strictObject({ kind: z.literal('multi-stream') }),
    ]),
    repeats: z.number().int().min(1).max(100).default(1),
    seed: z.number().int().min(0).max(0xffffffff).default(42),
    /** Simulated units only: milliseconds to replace a resident model, never, or as each unit's own table says. */
    switchMs: z.union([z.number().min(0).max(60_000), z.enum(['forbidden', 'table'])]).default('table'),
    /** Simulated units only: coefficient of variation of the log-normal jitter. */
    noiseCv: z.number().min(0).max(2).default(0),
    /** Ranks for `priority`: the poster's where they exist, the profiler's, or given: unit → models, best first. */
    ranks: z.union([z.enum(['poster', 'profiler']), z.record(id, z.array(id).max(32))]).default('poster'),
    /** Before each run its units work for so many seconds that nobody measures. */
    warmUpS: z.number().min(0).max(600).default(0),
    /** Before each run the board waits until its hottest thermometer is at this or below, ten minutes at most. */
    coolToC: z.number().min(20).max(120).nullable().default(null),
    /** Pictures for units that compute; empty: the samples that ship. */
    pictures: z.array(sha256).max(64).default([]),
  })
  .superRefine((spec, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if (!distinct(spec.units)) issue('units', 'a unit is named twice');
    if (!distinct(spec.models.map((m) => m.id))) issue('models', 'a model is named twice');
    if (!distinct(spec.policies)) issue('policies', 'a policy is named twice');
    if (totalJobs(spec) > 1_000_000) issue('models', 'one run holds at most 1,000,000 jobs');
    if (spec.policies.length * spec.repeats > 200) issue('repeats', 'an experiment holds at most 200 runs');
    if (isPaced(spec.workload) && (spec.workload.ratePerS === undefined) === (spec.workload.load === undefined))
      issue('workload', 'give either a rate or a load, not both');
  });

export type ExperimentSpec = z.output<typeof experimentSpec>;
/** What may be left out is left out. */
export type ExperimentRequest = z.input<typeof experimentSpec>;

export type WorkloadSpec = ExperimentSpec['workload'];

export const totalJobs = (spec: { models: readonly { jobs: number }[] }): number =>
  spec.models.reduce((sum, m) => sum + m.jobs, 0);

/** Repeats interleaved (ABAB, not AABB), so that heat and drift fall on every policy alike. */
export function runOrder(spec: Pick<ExperimentSpec, 'policies' | 'repeats'>): { policy: string; repeat: number }[] {
  return Array.from({ length: spec.repeats }, (_, repeat) =>
    spec.policies.map((policy) => ({ policy, repeat: repeat + 1 })),
  ).flat();
}
