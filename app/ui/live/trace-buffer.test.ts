import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns, type TraceColumns } from '../../../server/application/trace.ts';
import { createTraceBuffer } from './trace-buffer.ts';

/** Rows numbered by their job, so that a row in the wrong place is seen. */
function part(firstSeq: number, rows: number): TraceColumns {
  const columns = emptyColumns(rows, firstSeq);
  for (let row = 0; row < rows; row++) {
    columns.job[row] = firstSeq + row;
    columns.endMs[row] = (firstSeq + row) * 10;
  }
  return columns;
}
const jobs = (buffer: { columns: TraceColumns; rows: number }) => [...buffer.columns.job.subarray(0, buffer.rows)];

test('parts in sequence become one trace, across the moments it makes room', () => {
  const buffer = createTraceBuffer();
  for (let seq = 0; seq < 5000; seq += 500)
    assert.deepEqual(buffer.append(part(seq, 500)), { taken: 'all', from: seq });
  assert.deepEqual(
    jobs(buffer),
    Array.from({ length: 5000 }, (_, i) => i),
  );
  assert.equal(buffer.columns.endMs[4999], 49_990);
});

test('a gap is refused and leaves what was there', () => {
  const buffer = createTraceBuffer();
  buffer.append(part(0, 3));
  assert.equal(buffer.append(part(4, 2)).taken, 'gap');
  assert.equal(buffer.rows, 3);
});

test('rows that came before are skipped, after a reconnection that overlaps', () => {
  const buffer = createTraceBuffer();
  buffer.append(part(0, 5));
  assert.deepEqual(buffer.append(part(3, 4)), { taken: 'some', from: 5 });
  assert.equal(buffer.append(part(0, 7)).taken, 'none');
  assert.deepEqual(jobs(buffer), [0, 1, 2, 3, 4, 5, 6]);
});

test('what is let go of is the oldest, and the sequence goes on as if nothing had happened', () => {
  const buffer = createTraceBuffer();
  buffer.append(part(0, 100));
  buffer.forget(60);
  assert.deepEqual(
    jobs(buffer),
    Array.from({ length: 40 }, (_, i) => 60 + i),
  );
  assert.deepEqual(buffer.append(part(100, 2)), { taken: 'all', from: 40 });
  assert.deepEqual(jobs(buffer).slice(-3), [99, 100, 101]);
  assert.equal(buffer.append(part(103, 1)).taken, 'gap');
});
