import type { ModelId, UnitId } from '../hardware/unit.ts';
import { maximise } from './linear-program.ts';

/** What the bound needs to know of a platform; `null` = cannot run there. */
export interface Platform {
  readonly units: readonly { readonly id: UnitId; readonly modelSlots: number }[];
  readonly models: readonly ModelId[];
  latencyMs(model: ModelId, unit: UnitId): number | null;
}

/**
 * Most inferences per second that any schedule can sustain at this mix: the linear program that splits each unit's time
 * over the models, with no residency limit and no switch cost. 0 when some asked-for model runs nowhere.
 */
export function capacity(platform: Platform, mix: readonly number[]): number {
  const total = mix.reduce((sum, share) => sum + share, 0);
  const asked = platform.models.flatMap((model, m) => (mix[m]! > 0 ? [{ model, share: mix[m]! / total }] : [])); // one share per model
  // Variables: the time share of each (model, unit) that can be, then the rate itself, in inferences per millisecond.
  const pairs = asked.flatMap(({ model }, row) =>
    platform.units.flatMap((unit, u) => {
      const ms = platform.latencyMs(model, unit.id);
      return ms === null ? [] : [{ row, u, ms }];
    }),
  );
  const perModel = asked.map(({ share }, row) => [
    ...pairs.map((pair) => (pair.row === row ? -1 / pair.ms : 0)),
    share,
  ]);
  const perUnit = platform.units.map((_, u) => [...pairs.map((pair) => (pair.u === u ? 1 : 0)), 0]);
  const solution = maximise(
    [...pairs.map(() => 0), 1],
    [...perModel, ...perUnit],
    [...perModel.map(() => 0), ...perUnit.map(() => 1)],
  );
  return (solution?.value ?? 0) * 1000;
}

/** Beyond this many combinations the pins are found one unit at a time. */
const COMBINATIONS = 4096;

/**
 * The model to which each of `pinned` is held for a whole run: those that cost least throughput, the first in model order
 * on ties. Units that can run none of the asked-for models stay without.
 */
export function pinsOfLeastCost(
  platform: Platform,
  mix: readonly number[],
  pinned: readonly UnitId[],
): Map<UnitId, ModelId> {
  const choices = pinned.map((unit) => ({
    unit,
    models: platform.models.filter((model, m) => mix[m]! > 0 && platform.latencyMs(model, unit) !== null), // one share per model
  }));
  const free = choices.filter((choice) => choice.models.length > 0);
  const combinations = free.reduce((count, choice) => count * choice.models.length, 1);
  return combinations <= COMBINATIONS ? bestOfAll(platform, mix, free) : oneByOne(platform, mix, free);
}

type Choice = { readonly unit: UnitId; readonly models: readonly ModelId[] };

function bestOfAll(platform: Platform, mix: readonly number[], choices: readonly Choice[]): Map<UnitId, ModelId> {
  let best = new Map<UnitId, ModelId>();
  let most = -1;
  const choose = (at: number, pins: Map<UnitId, ModelId>) => {
    const choice = choices[at];
    if (!choice) {
      const rate = capacity(withPins(platform, pins), mix);
      if (rate > most * (1 + 1e-9)) {
        most = rate;
        best = new Map(pins);
      }
      return;
    }
    for (const model of choice.models) choose(at + 1, pins.set(choice.unit, model));
    pins.delete(choice.unit);
  };
  choose(0, new Map());
  return best;
}

/** Coordinate ascent: pin the units in order, each to what costs least given the others, until nothing changes. */
function oneByOne(platform: Platform, mix: readonly number[], choices: readonly Choice[]): Map<UnitId, ModelId> {
  const pins = new Map<UnitId, ModelId>();
  for (let changed = true, rounds = 0; changed && rounds < 8; rounds++) {
    changed = false;
    for (const choice of choices) {
      const best = [...bestOfAll(withPins(platform, pins, choice.unit), mix, [choice])][0]?.[1];
      if (best !== undefined && pins.get(choice.unit) !== best) {
        pins.set(choice.unit, best);
        changed = true;
      }
    }
  }
  return pins;
}

/** The same platform with some units held to one model. */
export function withPins(platform: Platform, pins: ReadonlyMap<UnitId, ModelId>, except?: UnitId): Platform {
  return {
    ...platform,
    latencyMs(model, unit) {
      const pin = unit === except ? undefined : pins.get(unit);
      return pin !== undefined && pin !== model ? null : platform.latencyMs(model, unit);
    },
  };
}
