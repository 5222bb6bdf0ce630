import type { ModelId, UnitId } from '../hardware/unit.ts';
import { bestRouting } from './routing.ts';

/** What the bound needs to know of a platform; `null` = cannot run there. */
export interface Platform {
  readonly units: readonly { readonly id: UnitId; readonly modelSlots: number }[];
  readonly models: readonly ModelId[];
  readonly latencyMs: (model: ModelId, unit: UnitId) => number | null;
}

/** The most that any schedule can sustain at a mix, what stands in its way, and how it is reached. */
export interface Bound {
  /** Inferences per second; 0 when some asked-for model runs nowhere. */
  readonly throughput: number;
  readonly prices: {
    /** Share of the throughput that each unit is worth: one per cent more of it raises the throughput by so many per cent. */
    readonly units: Readonly<Record<string, number>>;
    /** Milliseconds of the whole board that one inference of each model takes. */
    readonly models: Readonly<Record<string, number>>;
  };
  /** Model → unit → share of all inferences; pairs that carry nothing are left out. */
  readonly routing: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * The linear program that splits each unit's time over the models, with no residency limit and no switch cost: no schedule
 * on earth exceeds it. `mix`: in the order of the platform's models.
 */
export function boundOf(platform: Platform, mix: readonly number[]): Bound {
  const total = mix.reduce((sum, share) => sum + share, 0);
  const { units, models } = platform;
  const ms = timesOf(platform);
  const shares = mix.map((share) => share / total);
  const best =
    total > 0
      ? bestRouting(
          ms,
          shares,
          units.map(() => 0),
        )
      : null;
  const named = <T>(ids: readonly string[], value: (index: number) => T) =>
    Object.fromEntries(ids.map((id, i) => [id, value(i)]));
  const unitIds = units.map((unit) => unit.id as string);
  return {
    throughput: best ? 1000 / best.makespanMs : 0,
    prices: {
      units: named(unitIds, (u) => best?.unitPrice[u] ?? 0),
      models: named(models, (m) => best?.modelPriceMs[m] ?? 0),
    },
    routing: named(
      models,
      (m) =>
        Object.fromEntries(
          unitIds.flatMap((id, u) => (best && best.jobs[m]![u]! > 1e-9 ? [[id, best.jobs[m]![u]!]] : [])),
        ), // one row per model, one cell per unit
    ),
  };
}

/** Inferences per second; see `boundOf`. */
export const capacity = (platform: Platform, mix: readonly number[]): number => boundOf(platform, mix).throughput;

export const timesOf = ({ models, units, latencyMs }: Platform): number[][] =>
  models.map((model) => units.map((unit) => latencyMs(model, unit.id) ?? Number.POSITIVE_INFINITY));

/** Beyond this many combinations the pins are found one unit at a time. */
const COMBINATIONS = 4096;
/** Units × models from which a start with nothing pinned takes too long: 7 s for 32 × 32, and 0.5 s without it (x86, 2026-11). */
const LARGE = 128;

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
  if (combinations <= COMBINATIONS) return bestOfAll(platform, mix, free);
  const starts = [scarcestFirst(platform, mix, free)];
  if (platform.units.length * platform.models.length <= LARGE) starts.unshift(new Map());
  const found = starts.map((start) => oneByOne(platform, mix, free, start));
  const rate = new Map(found.map((pins) => [pins, capacity(withPins(platform, pins), mix)]));
  return found.reduce((a, b) => (rate.get(b)! > rate.get(a)! * (1 + 1e-9) ? b : a)); // one rate each
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

/** Coordinate ascent: each unit in order to what costs least given the others, until nothing changes. */
function oneByOne(
  platform: Platform,
  mix: readonly number[],
  choices: readonly Choice[],
  start: ReadonlyMap<UnitId, ModelId>,
): Map<UnitId, ModelId> {
  const pins = new Map(start);
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

/** Round after round, the model that is served least so far takes the unit that is best at it beside the others. */
function scarcestFirst(platform: Platform, mix: readonly number[], choices: readonly Choice[]): Map<UnitId, ModelId> {
  const pins = new Map<UnitId, ModelId>();
  const left = new Set(choices);
  const served = new Map(platform.models.map((model) => [model, 0]));
  const speed = (model: ModelId, unit: UnitId) => 1 / (platform.latencyMs(model, unit) ?? Number.POSITIVE_INFINITY);
  const gain = (model: ModelId, { unit, models }: Choice) =>
    speed(model, unit) / Math.max(...models.map((each) => speed(each, unit)));
  const need = (model: ModelId) => served.get(model)! / mix[platform.models.indexOf(model)]!; // a model of the platform
  while (left.size > 0) {
    const wanted = new Set([...left].flatMap(({ models }) => models));
    const model = [...wanted].reduce((a, b) => (need(b) < need(a) ? b : a));
    const able = [...left].filter(({ models }) => models.includes(model));
    const choice = able.reduce((a, b) => (gain(model, b) > gain(model, a) ? b : a));
    left.delete(choice);
    pins.set(choice.unit, model);
    served.set(model, served.get(model)! + speed(model, choice.unit)); // as above
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
