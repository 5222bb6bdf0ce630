import { timeIn } from '../hardware/time-in.ts';
import type { ModelId } from '../hardware/unit.ts';
import type { RunFigures } from './measures.ts';
import type { PlatformUnit } from './platform.ts';
import type { TraceColumns } from './trace.ts';

/** What policies make of a unit that holds one model at a time though it could run several: known before board time is spent. */
export interface OneSlot {
  readonly code: 'one-slot';
  readonly unit: string;
  /** It serves this model and no other for the whole run. */
  readonly kept: readonly { readonly model: string; readonly policies: readonly string[] }[];
  /** Its model is replaced so often, which takes so long in all. */
  readonly replaced: readonly { readonly policy: string; readonly switches: number; readonly switchingMs: number }[];
}

/** One policy's simulation. */
export interface Played {
  readonly policy: string;
  readonly trace: Pick<TraceColumns, 'rows' | 'unit' | 'model'>;
  readonly figures: RunFigures;
  /** The run has so many times as many jobs. */
  readonly scale: number;
}

/** A board of many such units is not described unit by unit. */
const MOST_UNITS = 4;

/** By what each simulation really did. */
export function oneSlots(
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  played: readonly Played[],
): OneSlot[] {
  return platform
    .map((unit, index) => ({ unit, index }))
    .filter(({ unit }) => unit.modelSlots === 1 && runnable(unit, models) > 1)
    .map(({ unit, index }) => ofUnit(unit.id, index, models, played))
    .filter(({ kept, replaced }) => kept.length + replaced.length > 0)
    .slice(0, MOST_UNITS);
}

const runnable = (unit: PlatformUnit, models: readonly ModelId[]): number =>
  models.filter((model) => timeIn(unit.latencyMs, model) !== null).length;

function ofUnit(unit: string, index: number, models: readonly ModelId[], played: readonly Played[]): OneSlot {
  const kept = new Map<string, string[]>();
  const replaced: OneSlot['replaced'][number][] = [];
  for (const { policy, trace, figures, scale } of played) {
    const served = modelsOn(trace, index);
    const [only] = served;
    if (served.size === 1 && only !== undefined) {
      const model = models[only] ?? '';
      kept.set(model, [...(kept.get(model) ?? []), policy]);
    }
    const { switches = 0, switchingMs = 0 } = figures.perUnit[unit] ?? {};
    if (switches > 0 && switchingMs > 0)
      replaced.push({ policy, switches: Math.round(switches * scale), switchingMs: switchingMs * scale });
  }
  return {
    code: 'one-slot',
    unit,
    kept: [...kept].map(([model, policies]) => ({ model, policies })),
    replaced: replaced.sort((a, b) => b.switchingMs - a.switchingMs),
  };
}

function modelsOn({ rows, unit, model }: Played['trace'], index: number): Set<number> {
  const served = new Set<number>();
  for (let row = 0; row < rows; row++) if (unit[row] === index) served.add(model[row]!); // row < rows
  return served;
}
