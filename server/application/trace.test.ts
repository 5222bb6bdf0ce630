import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeTrace, emptyColumns, encodeTrace, joinTraces, ROW_BYTES } from './trace.ts';

function drawn(rows: number, firstSeq: number) {
  const columns = emptyColumns(rows, firstSeq);
  for (let row = 0; row < rows; row++) {
    columns.job[row] = firstSeq + row;
    columns.unit[row] = (firstSeq + row) % 4;
    columns.endMs[row] = (firstSeq + row) * 1.25;
  }
  return columns;
}

test('a trace survives its bytes, at any offset of a larger buffer', () => {
  const bytes = encodeTrace(drawn(7, 40));
  assert.equal(bytes.length, 16 + 7 * ROW_BYTES);
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
