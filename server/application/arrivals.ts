/** How the jobs of a run are asked for. */
export type Arrivals =
  /** All at the start, and known to be all. */
  | { readonly kind: 'closed' }
  /** At random, at a mean rate. */
  | { readonly kind: 'poisson'; readonly ratePerS: number }
  /** At random within bursts of `burstMs` on average, at `factor` times the mean rate; nothing between them. */
  | { readonly kind: 'bursts'; readonly ratePerS: number; readonly factor: number; readonly burstMs: number }
  /** As they were written down. */
  | { readonly kind: 'trace'; readonly jobs: TraceJobs }
  // The scenarios of MLPerf's LoadGen, by its names.
  /** All samples at the start; what counts is the throughput. */
  | { readonly kind: 'offline' }
  /** Poisson; what counts is the highest rate at which p99 keeps to its bound. */
  | { readonly kind: 'server'; readonly ratePerS: number; readonly p99Ms: number }
  /** One sample at a time, the next when it has ended; what counts is p90. */
  | { readonly kind: 'single-stream' }
  /** Eight samples a query, the next query when all have ended; what counts is the p99 of a query. */
  | { readonly kind: 'multi-stream' };

/** MLPerf's number of samples in a query of MultiStream. */
export const SAMPLES_PER_QUERY = 8;

/** Jobs of a recorded stream, in order of arrival; `model` indexes the run's models. */
export interface TraceJobs {
  /** Milliseconds since the run's start, ascending. */
  readonly atMs: Float64Array;
  readonly model: Uint8Array;
  /** How long after its arrival each should have ended; infinite where nobody asks. Left out where nobody asks at all. */
  readonly withinMs?: Float64Array;
}

/** A batch is there at the start, whole, and a policy may know it. */
export const isBatch = ({ kind }: Pick<Arrivals, 'kind'>): boolean => kind === 'closed' || kind === 'offline';

/** Mean arrivals per second; null where nobody set a rate. */
export const rateOf = (arrivals: Arrivals): number | null => ('ratePerS' in arrivals ? arrivals.ratePerS : null);

/** What must be known of the arrivals for a run to be measured. */
export interface Measuring {
  /** Jobs numbered lower warmed the system up and are not measured. */
  readonly firstMeasuredJob: number;
  /** Jobs of a query, where jobs are asked for by the query. */
  readonly query?: number;
}

/**
 * The first tenth of a random stream fills the queues and is not measured. All else is measured whole: a batch, a recorded
 * stream (whoever recorded it chose where it begins) and queries, of which the first meets what the last meets.
 */
export function measuringOf({ kind }: Pick<Arrivals, 'kind'>, jobs: number): Measuring {
  switch (kind) {
    case 'poisson':
    case 'bursts':
    case 'server':
      return { firstMeasuredJob: Math.ceil(jobs * 0.1) };
    case 'single-stream':
      return { firstMeasuredJob: 0, query: 1 };
    case 'multi-stream':
      return { firstMeasuredJob: 0, query: SAMPLES_PER_QUERY };
    case 'closed':
    case 'offline':
    case 'trace':
      return { firstMeasuredJob: 0 };
    default:
      return kind satisfies never;
  }
}
