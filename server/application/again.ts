import type { ExperimentSpec } from './experiment.ts';

/** A run with the question that it answered a part of. */
export interface AskedRun {
  readonly id: number;
  readonly experiment: number;
  readonly policy: string;
  readonly repeat: number;
  readonly spec: ExperimentSpec;
}
export interface Again {
  readonly runs: readonly number[];
  readonly spec: ExperimentSpec;
}

/**
 * The same again: for each experiment that the runs came of, its question with their policies and their repeats. The seed is
 * moved on to the first of the repeats, so that one run alone meets the very arrivals that it met before.
 */
export function again(runs: readonly AskedRun[]): Again[] {
  const experiments = [...new Set(runs.map((run) => run.experiment))];
  return experiments.map((experiment) => {
    const own = runs.filter((run) => run.experiment === experiment);
    const { spec } = own[0]!; // it came of one of them
    const repeats = [...new Set(own.map((run) => run.repeat))];
    const policies = spec.policies.filter((policy) => own.some((run) => run.policy === policy));
    const seed = (spec.seed + Math.min(...repeats) - 1) >>> 0;
    return { runs: own.map((run) => run.id), spec: { ...spec, policies, repeats: repeats.length, seed } };
  });
}
