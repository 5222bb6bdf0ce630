// A run's trace: one row per job attempt, kept as columns. The same bytes are the live frame, the stored chunk (deflated)
// and what the Gantt draws from, so nothing is converted on the way. Pure: the browser decodes with this file.

/** `lost`: the unit died under this attempt; the job was queued again, and appears again. */
export const OUTCOMES = ['done', 'failed', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Times are milliseconds since the run's first moment; `model` and `unit` index the run's own lists. */
export interface TraceColumns {
  readonly rows: number;
  /** Sequence number of row 0; the others follow without a gap. */
  readonly firstSeq: number;
  readonly job: Uint32Array;
  readonly model: Uint8Array;
  readonly unit: Uint8Array;
  readonly outcome: Uint8Array;
  readonly attempt: Uint8Array;
  readonly switched: Uint8Array;
  /** Picture it worked on. */
  readonly input: Uint8Array;
  readonly arrivalMs: Float64Array;
  readonly dispatchMs: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Switch paid just before `startMs`. */
  readonly loadMs: Float64Array;
}

export type TraceRow = { -readonly [K in Exclude<keyof TraceColumns, 'rows' | 'firstSeq'>]: number };

const FLOATS = ['arrivalMs', 'dispatchMs', 'startMs', 'endMs', 'loadMs'] as const;
const BYTES = ['model', 'unit', 'outcome', 'attempt', 'switched', 'input'] as const;
const MAGIC = 0x31525459; // "YTR1", little-endian
const HEADER = 16;
/** Bytes of one row. */
export const ROW_BYTES = FLOATS.length * 8 + 4 + BYTES.length;

/** Layout: magic u32, rows u32, firstSeq f64, then the float columns, the job column and the byte columns, all little-endian. */
export function encodeTrace(columns: TraceColumns): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(HEADER + columns.rows * ROW_BYTES);
  const head = new DataView(out.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(4, columns.rows, true);
  head.setFloat64(8, columns.firstSeq, true);
  let at = HEADER;
  const put = (column: Float64Array | Uint32Array | Uint8Array) => {
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  };
  for (const name of FLOATS) put(columns[name].subarray(0, columns.rows));
  put(columns.job.subarray(0, columns.rows));
  for (const name of BYTES) put(columns[name].subarray(0, columns.rows));
  return out;
}

/** Throws on bytes that are not a trace. */
export function decodeTrace(bytes: Uint8Array): TraceColumns {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER || head.getUint32(0, true) !== MAGIC) throw new Error('these bytes are not a trace');
  const rows = head.getUint32(4, true);
  if (bytes.byteLength !== HEADER + rows * ROW_BYTES)
    throw new Error(`a trace of ${rows} rows cannot have ${bytes.byteLength} bytes`);
  let at = HEADER;
  const take = (length: number) => {
    at += length;
    return new Uint8Array(bytes.subarray(at - length, at)).buffer; // a copy: columns must be aligned, and a Buffer's own slice is a view
  };
  const columns: Record<string, unknown> = { rows, firstSeq: head.getFloat64(8, true) };
  for (const name of FLOATS) columns[name] = new Float64Array(take(rows * 8));
  columns.job = new Uint32Array(take(rows * 4));
  for (const name of BYTES) columns[name] = new Uint8Array(take(rows));
  return columns as unknown as TraceColumns;
}

/** Several traces in sequence order as one. Throws on a gap: a hole in a record is never papered over. */
export function joinTraces(parts: readonly TraceColumns[]): TraceColumns {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const firstSeq = parts[0]?.firstSeq ?? 0;
  const joined = emptyColumns(rows, firstSeq);
  let at = 0;
  for (const part of parts) {
    if (part.firstSeq !== firstSeq + at)
      throw new Error(`trace rows ${firstSeq + at} to ${part.firstSeq - 1} are missing`);
    for (const name of FLOATS) joined[name].set(part[name].subarray(0, part.rows), at);
    joined.job.set(part.job.subarray(0, part.rows), at);
    for (const name of BYTES) joined[name].set(part[name].subarray(0, part.rows), at);
    at += part.rows;
  }
  return joined;
}

export function emptyColumns(rows: number, firstSeq: number): TraceColumns {
  return {
    rows,
    firstSeq,
    job: new Uint32Array(rows),
    model: new Uint8Array(rows),
    unit: new Uint8Array(rows),
    outcome: new Uint8Array(rows),
    attempt: new Uint8Array(rows),
    switched: new Uint8Array(rows),
    input: new Uint8Array(rows),
    arrivalMs: new Float64Array(rows),
    dispatchMs: new Float64Array(rows),
    startMs: new Float64Array(rows),
    endMs: new Float64Array(rows),
    loadMs: new Float64Array(rows),
  };
}
