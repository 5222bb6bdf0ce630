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
  /** When it should have ended; infinite where nobody asked. */
  readonly deadlineMs: Float64Array;
  readonly priority: Uint8Array;
  /** Index into REASONS; 255 where the decision was not explained. */
  readonly reason: Uint8Array;
  /** Units whose alternatives are kept with each row; 0 where decisions were not explained. */
  readonly alternatives: number;
  /** `alternatives` numbers a row: milliseconds from dispatch to the expected end on each unit, infinite where it cannot run. */
  readonly finishMs: Float32Array;
  /** The same shape: what the pair costs above the best routing, in milliseconds; NaN where the policy has no prices. */
  readonly price: Float32Array;
}

/** The columns with one number a row. */
export type TraceRow = {
  -readonly [K in Exclude<keyof TraceColumns, 'rows' | 'firstSeq' | 'alternatives' | 'finishMs' | 'price'>]: number;
};

const FLOATS = ['arrivalMs', 'dispatchMs', 'startMs', 'endMs', 'loadMs', 'deadlineMs'] as const;
const BYTES = ['model', 'unit', 'outcome', 'attempt', 'switched', 'input', 'priority', 'reason'] as const;
const ALTERNATIVES = ['finishMs', 'price'] as const;
const MAGIC = 0x32525459; // "YTR2", little-endian
const HEADER = 24;
/** What a reason reads where the decision was not explained. */
export const UNEXPLAINED = 255;
/** Bytes of one row without its alternatives, and of one alternative. */
export const ROW_BYTES = FLOATS.length * 8 + 4 + BYTES.length;
export const ALTERNATIVE_BYTES = ALTERNATIVES.length * 4;

/**
 * Layout: magic u32, rows u32, firstSeq f64, alternatives u32, nothing u32, then the float columns, the job column, the byte
 * columns and the alternatives, all little-endian.
 */
export function encodeTrace(columns: TraceColumns): Uint8Array<ArrayBuffer> {
  const { rows, alternatives } = columns;
  const out = new Uint8Array(HEADER + rows * (ROW_BYTES + alternatives * ALTERNATIVE_BYTES));
  const head = new DataView(out.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(4, rows, true);
  head.setFloat64(8, columns.firstSeq, true);
  head.setUint32(16, alternatives, true);
  let at = HEADER;
  const put = (column: Column) => {
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  };
  for (const name of FLOATS) put(columns[name].subarray(0, rows));
  put(columns.job.subarray(0, rows));
  for (const name of BYTES) put(columns[name].subarray(0, rows));
  for (const name of ALTERNATIVES) put(columns[name].subarray(0, rows * alternatives));
  return out;
}

type Column = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** Throws on bytes that are not a trace. Those of the first layout, which knew no deadlines and no reasons, are read as well. */
export function decodeTrace(bytes: Uint8Array): TraceColumns {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = bytes.byteLength < 16 ? undefined : LAYOUTS.get(head.getUint32(0, true));
  if (!layout || bytes.byteLength < layout.header) throw new Error('these bytes are not a trace');
  const rows = head.getUint32(4, true);
  const alternatives = layout.header >= HEADER ? head.getUint32(16, true) : 0;
  const rowBytes = layout.floats.length * 8 + 4 + layout.bytes.length + alternatives * ALTERNATIVE_BYTES;
  if (bytes.byteLength !== layout.header + rows * rowBytes)
    throw new Error(`a trace of ${rows} rows cannot have ${bytes.byteLength} bytes`);
  let at = layout.header;
  const take = (length: number) => {
    at += length;
    return new Uint8Array(bytes.subarray(at - length, at)).buffer; // a copy: columns must be aligned, and a Buffer's own slice is a view
  };
  const columns: Record<string, unknown> = { ...emptyColumns(0, head.getFloat64(8, true), alternatives), rows };
  for (const name of layout.floats) columns[name] = new Float64Array(take(rows * 8));
  columns.job = new Uint32Array(take(rows * 4));
  for (const name of layout.bytes) columns[name] = new Uint8Array(take(rows));
  for (const name of ALTERNATIVES) columns[name] = new Float32Array(take(rows * alternatives * 4));
  if (layout.header < HEADER) {
    columns.deadlineMs = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    columns.priority = new Uint8Array(rows);
    columns.reason = new Uint8Array(rows).fill(UNEXPLAINED);
  }
  return columns as unknown as TraceColumns;
}

/** By magic: traces are kept for years. */
const LAYOUTS = new Map<
  number,
  { header: number; floats: readonly (typeof FLOATS)[number][]; bytes: readonly (typeof BYTES)[number][] }
>([
  [MAGIC, { header: HEADER, floats: FLOATS, bytes: BYTES }],
  [0x31525459 /* "YTR1" */, { header: 16, floats: FLOATS.slice(0, 5), bytes: BYTES.slice(0, 6) }],
]);

/** Several traces in sequence order as one. Throws on a gap: a hole in a record is never papered over. */
export function joinTraces(parts: readonly TraceColumns[]): TraceColumns {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const firstSeq = parts[0]?.firstSeq ?? 0;
  const joined = emptyColumns(rows, firstSeq, parts[0]?.alternatives ?? 0);
  let at = 0;
  for (const part of parts) {
    if (part.firstSeq !== firstSeq + at)
      throw new Error(`trace rows ${firstSeq + at} to ${part.firstSeq - 1} are missing`);
    copyRows(joined, at, part, 0, part.rows);
    at += part.rows;
  }
  return joined;
}

/** Rows `from` to `to` (not included) of a trace over others. Both have the same number of alternatives. */
export function copyRows(into: TraceColumns, at: number, part: TraceColumns, from: number, to: number): void {
  if (into.alternatives !== part.alternatives)
    throw new Error(`a trace with ${part.alternatives} alternatives a row does not fit one with ${into.alternatives}`);
  for (const name of FLOATS) into[name].set(part[name].subarray(from, to), at);
  into.job.set(part.job.subarray(from, to), at);
  for (const name of BYTES) into[name].set(part[name].subarray(from, to), at);
  const wide = part.alternatives;
  for (const name of ALTERNATIVES) into[name].set(part[name].subarray(from * wide, to * wide), at * wide);
}

/** Rows `from` to `to` (not included) to the front of the same columns. */
export function moveRows(columns: TraceColumns, from: number, to: number): void {
  for (const name of FLOATS) columns[name].copyWithin(0, from, to);
  columns.job.copyWithin(0, from, to);
  for (const name of BYTES) columns[name].copyWithin(0, from, to);
  const wide = columns.alternatives;
  for (const name of ALTERNATIVES) columns[name].copyWithin(0, from * wide, to * wide);
}

/** Rows `from` to `to` (not included) as views: what is written to the trace is seen in them. */
export function sliceRows(columns: TraceColumns, from: number, to: number): TraceColumns {
  const wide = columns.alternatives;
  const { firstSeq, alternatives } = columns;
  return {
    rows: to - from,
    firstSeq: firstSeq + from,
    alternatives,
    job: columns.job.subarray(from, to),
    model: columns.model.subarray(from, to),
    unit: columns.unit.subarray(from, to),
    outcome: columns.outcome.subarray(from, to),
    attempt: columns.attempt.subarray(from, to),
    switched: columns.switched.subarray(from, to),
    input: columns.input.subarray(from, to),
    priority: columns.priority.subarray(from, to),
    reason: columns.reason.subarray(from, to),
    arrivalMs: columns.arrivalMs.subarray(from, to),
    dispatchMs: columns.dispatchMs.subarray(from, to),
    startMs: columns.startMs.subarray(from, to),
    endMs: columns.endMs.subarray(from, to),
    loadMs: columns.loadMs.subarray(from, to),
    deadlineMs: columns.deadlineMs.subarray(from, to),
    finishMs: columns.finishMs.subarray(from * wide, to * wide),
    price: columns.price.subarray(from * wide, to * wide),
  };
}

/** `alternatives`: units whose expected end and price are kept with each row; 0 where decisions are not explained. */
export function emptyColumns(rows: number, firstSeq: number, alternatives = 0): TraceColumns {
  return {
    rows,
    firstSeq,
    alternatives,
    job: new Uint32Array(rows),
    model: new Uint8Array(rows),
    unit: new Uint8Array(rows),
    outcome: new Uint8Array(rows),
    attempt: new Uint8Array(rows),
    switched: new Uint8Array(rows),
    input: new Uint8Array(rows),
    priority: new Uint8Array(rows),
    reason: new Uint8Array(rows),
    arrivalMs: new Float64Array(rows),
    dispatchMs: new Float64Array(rows),
    startMs: new Float64Array(rows),
    endMs: new Float64Array(rows),
    loadMs: new Float64Array(rows),
    deadlineMs: new Float64Array(rows),
    finishMs: new Float32Array(rows * alternatives),
    price: new Float32Array(rows * alternatives),
  };
}
