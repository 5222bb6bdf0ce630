import type { Format } from '../ui/words/format.ts';

/** How long ago, as a duration: 3 h 12 min; a dash where there is no process. */
export const upFor = (since: string | null, nowMs: number, f: Format): string =>
  since === null ? f.number(null) : f.clock(Math.max(0, nowMs - Date.parse(since)));
