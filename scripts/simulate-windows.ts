import * as z from 'zod';
import type { Drift } from '../server/hardware/simulated/drift.ts';
import type { Outage } from '../server/hardware/simulated/outage.ts';
import { jsonOf } from './read-input.ts';
import { Unusable } from './unusable.ts';

// Files that name a unit and a window of time: when it is slow, when it is away.

const window = { unit: z.string(), fromMs: z.number().min(0), toMs: z.number().nullish() };
const drifts = z.array(z.object({ ...window, factor: z.number().positive() }));
const outages = z.array(z.object(window));

export const readDrifts = (file: string | undefined, units: readonly string[]): Drift[] =>
  file === undefined ? [] : checked('--drift', file, units, jsonOf('--drift', file, drifts));

export const readOutages = (file: string | undefined, units: readonly string[]): Outage[] =>
  file === undefined ? [] : checked('--outage', file, units, jsonOf('--outage', file, outages));

interface Window {
  readonly unit: string;
  readonly fromMs: number;
  readonly toMs?: number | null | undefined;
}

function checked<W extends Window>(option: string, file: string, units: readonly string[], windows: readonly W[]) {
  return windows.map((one, index) => {
    const refuse = (why: string) => new Unusable(`${option} ${file}: ${index}: ${why}`);
    const toMs = one.toMs ?? null;
    if (!units.includes(one.unit)) throw refuse(`it names the unit "${one.unit}", which the platform does not have`);
    if (toMs !== null && toMs <= one.fromMs) throw refuse('toMs must be after fromMs, or null');
    return { ...one, toMs };
  });
}
