import type { ExperimentSpec } from './experiment.ts';

// Without the schema, so that a page that only shows a workload need not load it.

type WorkloadSpec = ExperimentSpec['workload'];

/** Its arrivals come at a mean rate that somebody chose. */
export type PacedWorkload = Extract<WorkloadSpec, { readonly kind: 'poisson' | 'bursts' | 'server' }>;

export const isPaced = (workload: WorkloadSpec): workload is PacedWorkload =>
  workload.kind === 'poisson' || workload.kind === 'bursts' || workload.kind === 'server';
