import { isBatch } from '../../../server/application/arrivals.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';

/** Jobs of each model that waited from the start, where all did; empty: they came one by one. */
export const askedAtOnce = ({ models, spec }: Pick<RunDetail, 'models' | 'spec'>): number[] =>
  isBatch(spec.workload) ? models.map(({ id }) => spec.models.find((model) => model.id === id)?.jobs ?? 0) : [];
