import { createRandom, exponential } from '../hardware/simulated/random.ts';
import { interleave } from '../scheduling/interleave.ts';

/** The jobs of one run, oldest first: when each is asked for, and which model (an index). */
export interface Workload {
  readonly atMs: Float64Array;
  readonly model: Uint8Array;
  /** When each should have ended, on the clock of `atMs`; left out where nobody asks. */
  readonly deadlineMs?: Float64Array;
  /** Higher goes first where the policy heeds it; left out: all are 0. */
  readonly priority?: Uint8Array;
  /** Whether a policy may know that this is all there is: a closed batch. */
  readonly declared: boolean;
}

export type Arrivals = { readonly kind: 'closed' } | { readonly kind: 'poisson'; readonly ratePerS: number };

/** `mix`: what the counts were made from. */
export function workloadOf(
  arrivals: Arrivals,
  counts: readonly number[],
  mix: readonly number[],
  seed: number,
): Workload {
  if (arrivals.kind === 'closed') return closed(counts, mix);
  const jobs = counts.reduce((sum, n) => sum + n, 0);
  return poisson(jobs, mix, arrivals.ratePerS, seed);
}

/** M models × N inferences, all there at the start, interleaved by their mix. */
export function closed(counts: readonly number[], weights: readonly number[] = counts): Workload {
  const model = interleave(counts, weights);
  return { atMs: new Float64Array(model.length), model, declared: true };
}

/** Arrivals at random: `jobs` of them at `ratePerS`, each model drawn by its share of the mix. */
export function poisson(jobs: number, mix: readonly number[], ratePerS: number, seed: number): Workload {
  const random = createRandom(seed, 'arrivals');
  const total = mix.reduce((sum, share) => sum + share, 0);
  const atMs = new Float64Array(jobs);
  const model = new Uint8Array(jobs);
  let nowMs = 0;
  for (let job = 0; job < jobs; job++) {
    nowMs += (exponential(random) * 1000) / ratePerS;
    atMs[job] = nowMs;
    model[job] = draw(mix, random() * total);
  }
  return { atMs, model, declared: false };
}

function draw(mix: readonly number[], at: number): number {
  let left = at;
  for (let m = 0; m < mix.length; m++) {
    left -= mix[m]!; // m < mix.length
    if (left < 0) return m;
  }
  return mix.findLastIndex((share) => share > 0);
}

/** The first tenth of a stream fills the queues and is not measured; a batch is measured whole. */
export const firstMeasuredJob = (arrivals: 'closed' | 'poisson', jobs: number): number =>
  arrivals === 'closed' ? 0 : Math.ceil(jobs * 0.1);
