import type { ProfileRecord } from '../../server/panel/wire.ts';

// A pair's history as a drawing: positions in a box of `width` × `height`, time to the right, milliseconds upwards.

export interface Box {
  readonly width: number;
  readonly height: number;
}
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
export interface DriftDrawing {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    /** Ends of the interval; the point itself where none is known. */
    readonly high: number;
    readonly low: number;
    readonly record: ProfileRecord;
  }[];
  /** The same as a line: "x,y x,y". */
  readonly line: string;
  /** What the box spans, in milliseconds. */
  readonly lowMs: number;
  readonly highMs: number;
  /** Where the given time lies; null where it is not in the box. */
  readonly givenY: number | null;
}

/** A change smaller than that of the largest figure is none to look at. */
const LEAST_SPAN = 0.02;
const ROOM = 0.12;

/** The given time is in the box when that makes it no more than twice as high. */
export function drawDrift(
  records: readonly ProfileRecord[],
  givenMs: number | null,
  { fromMs, toMs }: Span,
  { width, height }: Box,
): DriftDrawing {
  const highs = records.map(({ meanMs, ciMs }) => meanMs + (ciMs ?? 0));
  const lows = records.map(({ meanMs, ciMs }) => meanMs - (ciMs ?? 0));
  let [low, high] = [Math.min(...lows), Math.max(...highs)];
  const least = high * LEAST_SPAN;
  if (high - low < least) [low, high] = [(low + high - least) / 2, (low + high + least) / 2];
  if (givenMs !== null && Math.max(high, givenMs) - Math.min(low, givenMs) <= 2 * (high - low))
    [low, high] = [Math.min(low, givenMs), Math.max(high, givenMs)];
  const room = (high - low) * ROOM;
  const [lowMs, highMs] = [Math.max(0, low - room), high + room];
  const y = (ms: number) => height - ((ms - lowMs) / (highMs - lowMs)) * height;
  const span = Math.max(1, toMs - fromMs);
  const points = records.map((record, i) => ({
    x: ((Date.parse(record.measuredAt) - fromMs) / span) * width,
    y: y(record.meanMs),
    high: y(highs[i] ?? record.meanMs),
    low: y(lows[i] ?? record.meanMs),
    record,
  }));
  const inside = givenMs !== null && givenMs >= lowMs && givenMs <= highMs;
  return {
    points,
    line: points.map((point) => `${round(point.x)},${round(point.y)}`).join(' '),
    ...{ lowMs, highMs, givenY: inside ? y(givenMs) : null },
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** How much the newest differs from the oldest, as a share of that; null where the intervals of the two touch, or one is not known. */
export function changeOf(records: readonly ProfileRecord[]): number | null {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || first === last || first.ciMs === null || last.ciMs === null) return null;
  const apart = Math.abs(last.meanMs - first.meanMs) > first.ciMs + last.ciMs;
  return apart ? last.meanMs / first.meanMs - 1 : null;
}

export const RANGES = ['week', 'month', 'quarter', 'all'] as const;
export type Range = (typeof RANGES)[number];
const DAY_MS = 86_400_000;
const DAYS: Record<Range, number> = { week: 7, month: 30, quarter: 90, all: Number.POSITIVE_INFINITY };

/** What a range shows at this moment; all: from the first measurement, a day at least. */
export function spanOf(range: Range, records: readonly ProfileRecord[], nowMs: number): Span {
  const first = Math.min(nowMs - DAY_MS, ...records.map(({ measuredAt }) => Date.parse(measuredAt)));
  return { fromMs: range === 'all' ? first : nowMs - DAYS[range] * DAY_MS, toMs: nowMs };
}
