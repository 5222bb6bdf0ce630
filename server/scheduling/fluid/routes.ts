import type { ModelId } from '../../hardware/unit.ts';
import type { SchedulerView } from '../policy.ts';
import type { Routing } from '../routing.ts';
import { createRates } from './rates.ts';
import { bestResidency } from './residency-choice.ts';
import { presence, snapshot } from './snapshot.ts';

/**
 * The routing is asked anew so often, in milliseconds; asking twenty times as often gave the
 * same p99 for three times the work. While little is known it is sooner, by this share of the time that has passed.
 */
const EVERY_MS = { atMost: 2000, atLeast: 100, share: 0.1 };
/** What is expected to arrive within so many milliseconds is planned for, so that a switch has time to pay. */
const HORIZON_MS = 30_000;
/** A unit that changed its model keeps the new one at least so long. */
const DWELL_MS = 10_000;

/** How a stream is best routed, by the prices of the linear program. Pairs are numbered m × units + u. */
export interface Routes {
  /** Another one is asked for. */
  arrived(model: ModelId): void;
  /** Routes anew where that is due: now and then, and when a unit leaves, returns or changes its speed. */
  refresh(view: SchedulerView): void;
  /** False while there is nothing that could be routed. */
  readonly known: boolean;
  /** No choice of models for the units' slots serves all that is asked for: they change their models as they go. */
  readonly torn: boolean;
  /** Work over what the units can do, the backlog included; above 1 it grows. */
  readonly load: number;
  /** Milliseconds of service of each pair; infinite where the unit cannot run the model, or is not meant to hold it. */
  readonly ms: Float64Array;
  /** What each pair costs above the best routing, in milliseconds of all units together; at least 0. */
  readonly extraMs: Float64Array;
  /** 1 where the best routing uses the pair. */
  readonly basic: Uint8Array;
  /** Arrivals per millisecond that the best routing sends to each pair. */
  readonly flow: Float64Array;
  allows(m: number, u: number): boolean;
  belongs(m: number, u: number): boolean;
  /** What the pair costs above the best routing, not below 0 but for rounding; NaN where it is not to be used. */
  price(m: number, u: number): number;
}

export function createRoutes(models: readonly ModelId[], units: number): Routes {
  const rates = createRates(models.length);
  const index = new Map(models.map((model, m) => [model, m]));
  const ms = new Float64Array(models.length * units);
  const extraMs = new Float64Array(models.length * units);
  const flow = new Float64Array(models.length * units);
  const basic = new Uint8Array(models.length * units);
  let routing: Routing | null = null;
  let made = { atMs: Number.NEGATIVE_INFINITY, present: 0, drifts: 0 };
  let firstMs = Number.POSITIVE_INFINITY;
  let switchedAtMs = Number.NEGATIVE_INFINITY;
  let holds: string | null = null;
  let torn = false;

  const solve = (view: SchedulerView) => {
    const now = snapshot(view, models);
    const rate = rates.perMs(view.nowMs);
    const work = models.map((_, m) =>
      now.ms[m]!.some(Number.isFinite) ? rate[m]! * HORIZON_MS + 0.5 * now.waiting[m]! : 0,
    ); // one row and rate per model
    const best = bestResidency(now, work, view.nowMs - switchedAtMs >= DWELL_MS);
    const key = best.sets.map((set) => set?.join('+') ?? '*').join(' ');
    if (holds !== null && key !== holds) switchedAtMs = view.nowMs;
    holds = key;
    routing = best.routing;
    torn = best.torn;
    made = { atMs: view.nowMs, present: now.present, drifts: view.drifts };
    firstMs = Math.min(firstMs, view.nowMs);
    for (let m = 0; m < models.length; m++) {
      for (let u = 0; u < units; u++) {
        const pair = m * units + u;
        const meant = best.sets[u]?.includes(m) ?? true;
        ms[pair] = meant ? now.ms[m]![u]! : Number.POSITIVE_INFINITY; // a row per model, a cell per unit
        basic[pair] = (routing?.jobs[m]?.[u] ?? 0) > 1e-9 ? 1 : 0;
        flow[pair] = work[m]! > 0 ? (rate[m]! * (routing?.jobs[m]?.[u] ?? 0)) / work[m]! : 0; // an amount and a rate per model
        extraMs[pair] = Math.max(0, priceOf(routing, m, u, now.ms[m]![u]!)) || 0; // as above
      }
    }
  };
  const isChanged = (view: SchedulerView): boolean => view.drifts !== made.drifts || presence(view) !== made.present;
  return {
    arrived(model) {
      const m = index.get(model);
      if (m !== undefined) rates.arrived(m);
    },
    refresh(view) {
      const dueMs = EVERY_MS.share * (made.atMs - firstMs);
      const everyMs = Math.min(EVERY_MS.atMost, Math.max(EVERY_MS.atLeast, dueMs));
      if (view.nowMs - made.atMs >= everyMs || isChanged(view)) solve(view);
    },
    get known() {
      return routing !== null;
    },
    get torn() {
      return torn;
    },
    get load() {
      return (routing?.makespanMs ?? 0) / HORIZON_MS;
    },
    ms,
    extraMs,
    basic,
    flow,
    allows: (m, u) => Number.isFinite(ms[m * units + u]),
    belongs: (m, u) => basic[m * units + u] === 1,
    price: (m, u) => priceOf(routing, m, u, ms[m * units + u] ?? Number.NaN),
  };
}

const priceOf = (routing: Routing | null, m: number, u: number, ms: number): number =>
  routing && Number.isFinite(ms) ? routing.unitPrice[u]! * ms - routing.modelPriceMs[m]! : Number.NaN; // a price per unit and model
