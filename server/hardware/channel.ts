import * as z from 'zod';
import type { SwitchCost } from './switch-cost.ts';

// What a unit's process and its supervisor say to each other, over Node's own channel, as JSON. Small on purpose: pictures are
// prepared once, before the run, and named by number. `ref` belongs to one question and is never used again, so that an
// answer from before a restart fits nothing. Times are CLOCK_MONOTONIC milliseconds.

export type ToUnit =
  | {
      readonly type: 'open';
      readonly unit: string;
      readonly options: { readonly threads: number; readonly cores: number[] | null };
      readonly table: Record<string, number | null> | null;
      readonly models: { readonly id: string; readonly file: string | null }[];
    }
  /** A run begins: make its pictures ready. Answered by `prepared`. */
  | {
      readonly type: 'run';
      readonly run: number;
      readonly seed: number;
      readonly noiseCv: number;
      readonly switchMs: SwitchCost;
      readonly pictures: string[];
    }
  /** Make a model resident. Answered by `loaded`. */
  | { readonly type: 'load'; readonly ref: number; readonly model: string }
  | { readonly type: 'unload'; readonly model: string }
  | {
      readonly type: 'infer';
      readonly ref: number;
      readonly model: string;
      readonly input: number;
      readonly load: { readonly evict: string | null } | null;
      /** When the job was handed over. A table's times are host times, so a simulated unit counts from here. */
      readonly atMs: number;
    }
  /** Simulated units only. */
  | { readonly type: 'fault'; readonly fault: UnitFault }
  | { readonly type: 'close' };

export type UnitFault =
  | { readonly kind: 'crash' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly factor: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'return' }
  /** As if none had been set. */
  | { readonly kind: 'clear' };

const ref = z.number().int().nonnegative();
const ms = z.number().nonnegative();
const error = z.string().max(500);

const seldomSaid = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    pid: z.number().int(),
    info: z.string().max(500),
    /** Nothing that it will answer is a device's. */
    simulated: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('prepared'), run: z.number().int(), error: error.optional() }),
  /** `info`: where its layers are computed, in the library's own words. */
  z.object({ type: z.literal('loaded'), ref, ms, error: error.optional(), info: z.string().max(500).optional() }),
  z.object({ type: z.literal('failed'), ref, error }),
  /** Unasked, once a second where its device has a thermometer. */
  z.object({ type: z.literal('warmth'), temperatureC: z.number().min(-60).max(200) }),
]);
interface InferenceDone {
  readonly type: 'done';
  readonly ref: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly loadMs: number;
  readonly deviceMs?: number | undefined;
  readonly top?: readonly { readonly index: number; readonly logit: number }[];
}
export type FromUnit = z.output<typeof seldomSaid> | InferenceDone;

/** A driver is a stranger: `null` for anything that is not in the protocol. What is said with every job is checked by hand. */
export function parseFromUnit(message: unknown): FromUnit | null {
  if (isDone(message)) return message;
  const parsed = seldomSaid.safeParse(message);
  return parsed.success ? parsed.data : null;
}

function isDone(message: unknown): message is InferenceDone {
  if (typeof message !== 'object' || message === null) return false;
  const { type, ref, startMs, endMs, loadMs, deviceMs, top } = message as Record<string, unknown>;
  return (
    type === 'done' &&
    isCount(ref) &&
    isTime(startMs) &&
    isTime(endMs) &&
    isTime(loadMs) &&
    endMs >= startMs &&
    (deviceMs === undefined || isTime(deviceMs)) &&
    (top === undefined || (Array.isArray(top) && top.length <= 5 && top.every(isClass)))
  );
}

function isClass(one: unknown): boolean {
  if (typeof one !== 'object' || one === null) return false;
  const { index, logit } = one as Record<string, unknown>;
  return isCount(index) && Number.isFinite(logit);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
