import type { TraceBuffer } from '../../ui/live/trace-buffer.ts';

/** The last attempt of the job of that number; null: it has not ended, or was let go of. */
export function rowOfJob({ columns, rows }: Pick<TraceBuffer, 'columns' | 'rows'>, job: number): number | null {
  for (let row = rows - 1; row >= 0; row--) if (columns.job[row] === job) return row;
  return null;
}
