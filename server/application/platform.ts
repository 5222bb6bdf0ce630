import type { LatencyTable } from '../hardware/board.ts';
import { type SwitchCost, switchCostMs } from '../hardware/switch-cost.ts';
import { timeIn } from '../hardware/time-in.ts';
import type { ModelId, Precision, ProcessingUnit, Source, UnitId } from '../hardware/unit.ts';
import { type Platform, pinsOfLeastCost } from '../scheduling/capacity.ts';
import type { PolicyOptions } from '../scheduling/policy.ts';

/** A unit as the scheduler will meet it, before the run's own conditions (switch cost, pins, depth) are laid on it. */
export interface PlatformUnit {
  readonly id: UnitId;
  readonly precision: Precision;
  readonly source: Source;
  /** null: as many as there are models. */
  readonly modelSlots: number | null;
  /** What a switch costs by its own table; a run may say otherwise. */
  readonly switchMs: SwitchCost;
  /** Mean service times; `null` or missing = cannot run there. */
  readonly latencyMs: Readonly<Record<string, number | null>>;
  /** Its name on the poster's board, whose ranks are then its own; null elsewhere. */
  readonly poster: string | null;
}

/** A latency table as a platform of simulated units. `poster`: it is the poster's own board, with the poster's ranks. */
export const platformOfTable = (table: LatencyTable, poster: boolean): PlatformUnit[] =>
  table.units.map((unit) => ({
    id: unit.id as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots: unit.modelSlots ?? null,
    switchMs: unit.switchMs ?? 0,
    latencyMs: table.latencyMs[unit.id] ?? {},
    poster: poster ? unit.id : null,
  }));

export interface Conditions {
  /** `table`: each unit's own. `forbidden`: a unit with fewer slots than models is held to one model for the whole run. */
  readonly switchMs: number | 'forbidden' | 'table';
  readonly depth: number;
}

/** The units of a run. Those held to one model are held to the one that costs least throughput at this mix. */
export function unitsOf(
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  mix: readonly number[],
  conditions: Conditions,
): ProcessingUnit[] {
  const slots = (unit: PlatformUnit) => unit.modelSlots ?? models.length;
  const held = conditions.switchMs === 'forbidden' ? platform.filter((unit) => slots(unit) < models.length) : [];
  const pins = pinsOfLeastCost(
    bare(platform, models),
    mix,
    held.map((unit) => unit.id),
  );
  return platform.map((unit) => {
    const pin = pins.get(unit.id);
    const runs = new Set(
      models.filter((model) => latency(unit, model) !== null && (pin === undefined || pin === model)),
    );
    const cost = typeof conditions.switchMs === 'number' ? conditions.switchMs : unit.switchMs;
    return {
      id: unit.id,
      precision: unit.precision,
      source: unit.source,
      modelSlots: slots(unit),
      depth: conditions.depth,
      accepts: (model) => runs.has(model),
      switchCostMs: (from, to) => (from === null ? 0 : switchCostMs(cost, from, to)),
    };
  });
}

const latency = (unit: PlatformUnit, model: string): number | null => timeIn(unit.latencyMs, model);

/** The platform as the bound sees it: no residency limit, no switch cost. */
export function bare(platform: readonly PlatformUnit[], models: readonly ModelId[]): Platform {
  const byId = new Map(platform.map((unit) => [unit.id, unit]));
  return {
    units: platform.map((unit) => ({ id: unit.id, modelSlots: unit.modelSlots ?? models.length })),
    models,
    latencyMs(model, id) {
      const unit = byId.get(id);
      return unit ? latency(unit, model) : null;
    },
  };
}

/** Ranks for `priority`: the poster's, the profiler's, or unit → models as a person gave them. */
export type Ranks = 'poster' | 'profiler' | Readonly<Record<string, readonly string[]>>;

/** Mean service time as far as it is known before the run; `null`: it cannot run there, or nothing is known. */
export type KnownLatency = (model: ModelId, unit: UnitId) => number | null;

/** What is known of the work: jobs of each model, and the mix they were made from (the jobs themselves where left out). */
export interface ExpectedWork {
  readonly jobs: readonly number[];
  readonly mix?: readonly number[] | undefined;
}

/**
 * `work`: in the order of `listed`; models that nobody asks for are left out.
 * `posterRanks`: the poster's, by its own unit names; a unit that it leaves out has no rank.
 * `guess`: what goes in the place of the table where a policy may not know it; ranks made from the table then go as well.
 */
export function policyOptions(
  platform: readonly PlatformUnit[],
  units: readonly ProcessingUnit[],
  listed: readonly ModelId[],
  work: ExpectedWork,
  ranks: Ranks,
  posterRanks: Readonly<Record<string, readonly string[]>>,
  guess?: KnownLatency,
): PolicyOptions {
  const share = work.mix ?? work.jobs;
  const asked = (_: unknown, m: number) => share[m]! > 0; // one share per model
  const models = listed.filter(asked);
  const [mix, jobs] = [share.filter(asked), work.jobs.filter(asked)];
  const all = bare(platform, models);
  const accepts = new Map(units.map((unit) => [unit.id, unit.accepts]));
  const known: KnownLatency = guess ?? all.latencyMs;
  const latencyMs: KnownLatency = (model, unit) => (accepts.get(unit)?.(model) ? known(model, unit) : null);
  const rank = (unit: PlatformUnit): readonly ModelId[] | undefined => {
    if (typeof ranks === 'object') return ranks[unit.id] as readonly ModelId[] | undefined;
    if (ranks === 'poster' && unit.poster !== null && !guess)
      return posterRanks[unit.poster] as readonly ModelId[] | undefined;
    return byLatency(models, (model) => latencyMs(model, unit.id));
  };
  return {
    units,
    models,
    mix,
    jobs,
    latencyMs,
    ranks: new Map(
      platform.flatMap((unit) => {
        const ranked = rank(unit);
        return ranked ? [[unit.id, ranked] as const] : [];
      }),
    ),
  };
}

/** The profiler's rule, and that of any board but the poster's: what a unit does quickest it ranks highest. */
function byLatency(models: readonly ModelId[], latencyMs: (model: ModelId) => number | null): ModelId[] {
  return models
    .map((model) => ({ model, ms: latencyMs(model) }))
    .filter((cell): cell is { model: ModelId; ms: number } => cell.ms !== null)
    .sort((a, b) => a.ms - b.ms)
    .map((cell) => cell.model);
}
