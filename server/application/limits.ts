import { slowness } from '../hardware/simulated/drift.ts';
import { type Bound, boundOf, timesOf } from '../scheduling/capacity.ts';
import { optimalMakespanMs } from '../scheduling/optimum.ts';
import { phaseBoundMs, phasesOf } from '../scheduling/phase-bound.ts';
import { bare, unitsOf } from './platform.ts';
import type { Simulation } from './simulate.ts';

type Asked = Pick<Simulation, 'platform' | 'models' | 'counts' | 'mix' | 'conditions' | 'drifts'>;

/** What no schedule exceeds at this mix. */
export const boundOn = ({ platform, models, counts, mix }: Asked): Bound =>
  boundOf(bare(platform, models), mix ?? counts);

/** The exact least makespan of the batch, switches and residency included; `null` where it could not be proved. */
export function optimumOf({ platform, models, counts, mix, conditions }: Asked): { makespanMs: number } | null {
  const units = unitsOf(platform, models, mix ?? counts, conditions);
  const { latencyMs } = bare(platform, models);
  const makespanMs = optimalMakespanMs(units, models, counts, (model, unit) => latencyMs(model, unit.id));
  return makespanMs === null ? null : { makespanMs };
}

/** The least time for the batch when units slow down and recover, every phase at its own capacity; `null` without drift. */
export function phaseBoundOf({ platform, models, counts, drifts = [] }: Asked): { makespanMs: number } | null {
  if (drifts.length === 0) return null;
  const paces = platform.map((unit) => slowness(drifts, unit.id));
  const moments = drifts.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? Number.POSITIVE_INFINITY]);
  const phases = phasesOf(moments, (atMs) => paces.map((pace) => pace(atMs)));
  const makespanMs = phaseBoundMs(timesOf(bare(platform, models)), counts, phases);
  return makespanMs === null ? null : { makespanMs };
}
