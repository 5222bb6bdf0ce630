import { createRandom, exponential } from '../hardware/simulated/random.ts';
import { interleave } from '../scheduling/interleave.ts';
import { type Arrivals, SAMPLES_PER_QUERY } from './arrivals.ts';

/** The jobs of one run, oldest first: when each is asked for, and which model (an index). */
export interface Workload {
  /** Milliseconds since the run's start, ascending. Of a workload of queries only the number counts: its times come about. */
  readonly atMs: Float64Array;
  readonly model: Uint8Array;
  /** How long after its arrival each should have ended, infinite where nobody asks; left out where nobody asks at all. */
  readonly withinMs?: Float64Array;
  /** Higher goes first where the policy heeds it; left out: all are 0. */
  readonly priority?: Uint8Array;
  /** Set: so many jobs are one query, and the next query is asked for when all of the last have ended. */
  readonly query?: number;
  /** Whether a policy may know that this is all there is: a closed batch. */
  readonly declared: boolean;
}

/** What is asked of a model's jobs. `withinMs`: how long after its arrival each should have ended. */
export interface Wishes {
  /** In model order; infinite or left out where nobody asks. */
  readonly withinMs?: readonly number[] | undefined;
  /** In model order, 0 to 255; higher goes first where the policy heeds it. */
  readonly priority?: readonly number[] | undefined;
}

/** `counts`: jobs of each model; `mix`: what they were made from. A trace brings its own jobs. */
export function workloadOf(
  arrivals: Arrivals,
  counts: readonly number[],
  mix: readonly number[],
  seed: number,
  wishes: Wishes = {},
): Workload {
  return wished(asked(arrivals, counts, mix, seed), wishes);
}

function asked(arrivals: Arrivals, counts: readonly number[], mix: readonly number[], seed: number): Workload {
  const jobs = counts.reduce((sum, n) => sum + n, 0);
  switch (arrivals.kind) {
    case 'closed':
    case 'offline':
      return closed(counts, mix);
    case 'poisson':
    case 'server':
      return poisson(jobs, mix, arrivals.ratePerS, seed);
    case 'bursts':
      return bursts(jobs, mix, arrivals, seed);
    case 'trace':
      return { ...arrivals.jobs, declared: false };
    case 'single-stream':
      return { ...closed(counts, mix), declared: false, query: 1 };
    case 'multi-stream':
      return { ...closed(counts, mix), declared: false, query: SAMPLES_PER_QUERY };
    default:
      return arrivals satisfies never;
  }
}

/** A job's own deadline, which only a trace has, goes before its model's. */
function wished(workload: Workload, { withinMs, priority }: Wishes): Workload {
  const { model, withinMs: own } = workload;
  const within = (job: number) => {
    const given = own?.[job] ?? Number.POSITIVE_INFINITY;
    return given < Number.POSITIVE_INFINITY ? given : (withinMs?.[model[job]!] ?? Number.POSITIVE_INFINITY); // job < jobs
  };
  return {
    ...workload,
    ...(withinMs ? { withinMs: Float64Array.from(model, (_, job) => within(job)) } : {}),
    ...(priority ? { priority: model.map((m) => priority[m] ?? 0) } : {}),
  };
}

/** M models × N inferences, all there at the start, interleaved by their mix. */
export function closed(counts: readonly number[], weights: readonly number[] = counts): Workload {
  const model = interleave(counts, weights);
  return { atMs: new Float64Array(model.length), model, declared: true };
}

/** Arrivals at random: `jobs` of them at `ratePerS`, each model drawn by its share of the mix. */
export function poisson(jobs: number, mix: readonly number[], ratePerS: number, seed: number): Workload {
  return stream(jobs, mix, ratePerS, seed, (atMs) => atMs);
}

/**
 * Arrivals in bursts: nothing between them, and within them a Poisson stream at `factor` times the mean rate. Bursts last
 * `burstMs` on average and gaps (factor - 1) times that, both exponential, so that the long-run rate is `ratePerS`.
 */
export function bursts(
  jobs: number,
  mix: readonly number[],
  shape: { readonly ratePerS: number; readonly factor: number; readonly burstMs: number },
  seed: number,
): Workload {
  const random = createRandom(seed, 'bursts');
  const gap = () => exponential(random) * shape.burstMs * (shape.factor - 1);
  const burst = () => exponential(random) * shape.burstMs;
  // Arrivals are drawn as if there were no gaps; each is then pushed back by the gaps before it.
  let pausedMs = random() * shape.factor < 1 ? 0 : gap();
  let burstEndsMs = burst();
  return stream(jobs, mix, shape.ratePerS * shape.factor, seed, (busyMs) => {
    while (busyMs > burstEndsMs) {
      pausedMs += gap();
      burstEndsMs += burst();
    }
    return busyMs + pausedMs;
  });
}

function stream(
  jobs: number,
  mix: readonly number[],
  ratePerS: number,
  seed: number,
  place: (atMs: number) => number,
): Workload {
  const random = createRandom(seed, 'arrivals');
  const total = mix.reduce((sum, share) => sum + share, 0);
  const atMs = new Float64Array(jobs);
  const model = new Uint8Array(jobs);
  let nowMs = 0;
  for (let job = 0; job < jobs; job++) {
    nowMs += (exponential(random) * 1000) / ratePerS;
    atMs[job] = place(nowMs);
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
