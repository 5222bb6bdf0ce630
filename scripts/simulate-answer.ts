import { isBatch, rateOf } from '../server/application/arrivals.ts';
import { boundOn, optimumOf, phaseBoundOf } from '../server/application/limits.ts';
import { searchServerRate } from '../server/application/server-scenario.ts';
import { type Simulated, type Simulation, simulate } from '../server/application/simulate.ts';
import { POSTER_RANKS } from '../server/hardware/simulated/poster.ts';
import type { Question } from './simulate-question.ts';
import { Unusable } from './unusable.ts';

/** The JSON of one policy; the order of its keys is the order in which they are printed. */
export function answer(policy: string, question: Question) {
  const { run, ratePerS } = ran(policy, question);
  const { jobs, makespanMs, throughput, latency, utilisation, perModel, switches, ...rest } = figuresOf(
    run,
    policy,
    question,
  );
  return {
    policy,
    jobs,
    makespanMs,
    throughput,
    latency,
    ...(rest.query ? { query: rest.query } : {}),
    utilisation,
    perModel,
    switches,
    missRate: rest.missRate ?? null,
    failed: run.failed,
    ratePerS,
    ...limits(question),
    decisionUs: run.decisionUs,
    simulated: true as const,
  };
}

export type Answer = ReturnType<typeof answer>;

/** What no schedule exceeds, and what the best one takes. */
function limits({ simulation, arrivals }: Question) {
  const { throughput, prices, routing } = boundOn(simulation);
  const batch = arrivals.kind !== 'server' && isBatch(arrivals);
  const drifts = (simulation.drifts ?? []).length > 0;
  return {
    bound: { throughput, prices, routing },
    optimum: batch && !drifts ? optimumOf(simulation) : null,
    ...(batch && drifts ? { phaseBound: phaseBoundOf(simulation) } : {}),
  };
}

function ran(policy: string, { simulation, arrivals }: Question): { run: Simulated; ratePerS: number | null } {
  const asked = { ...simulation, policy, posterRanks: POSTER_RANKS, stopwatch: () => performance.now() };
  try {
    if (arrivals.kind !== 'server') return { run: simulate({ ...asked, arrivals }), ratePerS: rateOf(arrivals) };
    return searchServerRate(asked, arrivals.p99Ms);
  } catch (error) {
    throw new Unusable(`--policy ${policy}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Jobs that nobody takes make a run unusable, except where units were taken away: then they are its result. */
function figuresOf(run: Simulated, policy: string, { simulation }: Question) {
  const away = (simulation.outages ?? []).length > 0;
  if (run.failed > 0 && !(away && run.figures)) throw new Unusable(stranded(policy, run.failed, simulation));
  if (!run.figures) throw new Unusable('--jobs leaves nothing to measure: the first tenth of a stream is not measured');
  return run.figures;
}

/** Whose doing it is. */
function stranded(
  policy: string,
  jobs: number,
  { conditions, outages = [] }: Pick<Simulation, 'conditions' | 'outages'>,
): string {
  const left = `${jobs} of the jobs to nobody`;
  if (outages.length > 0) return `--outage leaves ${left}`;
  if (conditions.switchMs === 'forbidden') return `--switch-ms forbidden holds units to models that leave ${left}`;
  return `--policy ${policy} leaves ${left}`;
}
