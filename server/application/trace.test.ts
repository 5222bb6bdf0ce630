import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ALTERNATIVE_BYTES,
  decodeTrace,
  emptyColumns,
  encodeTrace,
  joinTraces,
  ROW_BYTES,
  sliceRows,
} from './trace.ts';

function drawn(rows: number, firstSeq: number, alternatives = 0) {
  const columns = emptyColumns(rows, firstSeq, alternatives);
  for (let i = 0; i < rows * alternatives; i++) columns.finishMs[i] = firstSeq * alternatives + i + 0.5;
  for (let row = 0; row < rows; row++) {
    columns.job[row] = firstSeq + row;
    columns.unit[row] = (firstSeq + row) % 4;
    columns.endMs[row] = (firstSeq + row) * 1.25;
  }
  return columns;
}

test('a trace survives its bytes, at any offset of a larger buffer', () => {
  const bytes = encodeTrace(drawn(7, 40));
  assert.equal(bytes.length, 24 + 7 * ROW_BYTES);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assert.deepEqual(decodeTrace(shifted.subarray(3)), drawn(7, 40));
  assert.deepEqual(decodeTrace(Buffer.from(bytes)), drawn(7, 40), 'a Buffer, whose slices are views, is decoded alike');
});

test('joined parts are one trace, and a gap is an error, not a guess', () => {
  assert.deepEqual(joinTraces([drawn(3, 10), drawn(4, 13)]), drawn(7, 10));
  assert.throws(() => joinTraces([drawn(3, 10), drawn(4, 14)]), /rows 13 to 13 are missing/);
  assert.equal(joinTraces([]).rows, 0);
});

test('bytes that are no trace, or too few, are refused', () => {
  const bytes = encodeTrace(drawn(2, 0));
  assert.throws(() => decodeTrace(bytes.subarray(1)), /not a trace/);
  assert.throws(() => decodeTrace(bytes.subarray(0, 40)), /cannot have 40 bytes/);
  assert.throws(() => decodeTrace(new Uint8Array(4)), /not a trace/);
});

test('alternatives go with their rows: through bytes, parts and slices', () => {
  const whole = drawn(7, 10, 3);
  assert.equal(encodeTrace(whole).length, 24 + 7 * (ROW_BYTES + 3 * ALTERNATIVE_BYTES));
  assert.deepEqual(decodeTrace(encodeTrace(sliceRows(whole, 2, 5))), drawn(3, 12, 3));
  assert.deepEqual(joinTraces([drawn(3, 10, 3), drawn(4, 13, 3)]), whole);
  assert.throws(() => joinTraces([drawn(3, 10, 3), drawn(4, 13, 2)]), /2 alternatives a row does not fit one with 3/);
});

test('a trace of the first layout is read: no deadline, no reason', () => {
  const rows = 2;
  const old = new Uint8Array(16 + rows * 50);
  const head = new DataView(old.buffer);
  head.setUint32(0, 0x31525459, true);
  head.setUint32(4, rows, true);
  head.setFloat64(8, 5, true);
  head.setFloat64(16 + 3 * rows * 8, 12.5, true); // endMs of the first row
  head.setUint32(16 + 5 * rows * 8 + 4, 77, true); // job of the second
  const trace = decodeTrace(old);
  assert.deepEqual([trace.rows, trace.firstSeq, trace.alternatives], [2, 5, 0]);
  assert.deepEqual([trace.endMs[0], trace.job[1]], [12.5, 77]);
  assert.deepEqual([trace.deadlineMs[1], trace.reason[1]], [Number.POSITIVE_INFINITY, 255]);
});
