import { platformOfTable } from '../../server/application/platform.ts';
import type { Simulation } from '../../server/application/simulate.ts';
import type { Board } from '../../server/hardware/board.ts';
import { POSTER_RANKS, POSTER_TABLE } from '../../server/hardware/simulated/poster.ts';
import type { ModelId, UnitId } from '../../server/hardware/unit.ts';

/** The poster's comparison as benchmarks ask for it: its table, 500 ms a switch, a closed batch. */
export const SWITCH_MS = 500;
export const MODELS = POSTER_TABLE.models as ModelId[];

const platform = platformOfTable(POSTER_TABLE, true);

export const posterSimulation = (policy: string, jobsOfEach: number): Simulation => ({
  platform,
  models: MODELS,
  counts: MODELS.map(() => jobsOfEach),
  arrivals: { kind: 'closed' },
  policy,
  ranks: 'poster',
  posterRanks: POSTER_RANKS,
  conditions: { switchMs: SWITCH_MS, depth: 1 },
  seed: 42,
  noiseCv: 0,
});

export const posterBoard: Board = {
  id: 'tinker',
  name: 'Tinker Edge R (simulated)',
  custom: false,
  models: MODELS,
  units: platform.map((unit) => ({
    id: `tinker.${unit.id}` as UnitId,
    name: unit.id,
    driver: 'simulated',
    source: 'simulated',
    precision: unit.precision,
    modelSlots: unit.modelSlots,
    latencyMs: unit.latencyMs,
    switchMs: SWITCH_MS,
    options: { threads: 1, cores: null },
  })),
};
