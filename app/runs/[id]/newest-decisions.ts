import type { TraceBuffer } from '../../ui/live/trace-buffer.ts';

/** Rows come as jobs end, and a long one ends late: so many times as many are looked at as are wanted. */
const LOOKED_AT = 4;

/** Rows of what was decided last, the newest decision first. */
export function newestDecisions({ columns, rows }: Pick<TraceBuffer, 'columns' | 'rows'>, most: number): number[] {
  const ended = Array.from({ length: Math.min(rows, most * LOOKED_AT) }, (_, i) => rows - 1 - i);
  return ended.sort((a, b) => (columns.dispatchMs[b] ?? 0) - (columns.dispatchMs[a] ?? 0)).slice(0, most);
}
