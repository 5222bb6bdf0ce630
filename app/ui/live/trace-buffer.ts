import { copyRows, emptyColumns, moveRows, type TraceColumns } from '../../../server/application/trace.ts';

/** A trace that grows: rows are appended in sequence, and read in place by whoever draws. */
export interface TraceBuffer {
  /** Valid until the next append that has to make room; ask again then. */
  readonly columns: TraceColumns;
  readonly rows: number;
  readonly nextSeq: number;
  /** `gap`: rows before these are missing, nothing was taken. Rows that are there already are skipped. */
  append(part: TraceColumns): { readonly taken: 'all' | 'some' | 'none' | 'gap'; readonly from: number };
  /** Lets go of so many of the oldest rows: those that stay move to the front. */
  forget(oldest: number): void;
}

/** `anywhere`: for whoever begins in the middle; the first part says where that is. */
export function createTraceBuffer(start: 'at-zero' | 'anywhere' = 'at-zero'): TraceBuffer {
  let base = start === 'at-zero' ? 0 : -1;
  let room = 1024;
  let held = emptyColumns(room, 0);
  let rows = 0;
  const makeRoom = (needed: number) => {
    if (needed <= room) return;
    while (room < needed) room *= 2;
    const larger = emptyColumns(room, 0, held.alternatives);
    copyRows(larger, 0, held, 0, rows);
    held = larger;
  };
  return {
    get columns() {
      return { ...held, rows };
    },
    get rows() {
      return rows;
    },
    get nextSeq() {
      return Math.max(0, base) + rows;
    },
    append(part) {
      const from = rows;
      if (base < 0) base = part.firstSeq;
      const skip = base + rows - part.firstSeq;
      if (skip < 0) return { taken: 'gap', from };
      if (skip >= part.rows) return { taken: 'none', from };
      if (rows === 0 && held.alternatives !== part.alternatives) held = emptyColumns(room, 0, part.alternatives);
      makeRoom(rows + part.rows - skip);
      copyRows(held, rows, part, skip, part.rows);
      rows += part.rows - skip;
      return { taken: skip > 0 ? 'some' : 'all', from };
    },
    forget(oldest) {
      moveRows(held, oldest, rows);
      base += oldest;
      rows -= oldest;
    },
  };
}
