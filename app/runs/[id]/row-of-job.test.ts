import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { rowOfJob } from './row-of-job.ts';

test('a job is found by its number, at its last attempt', () => {
  const columns = emptyColumns(8, 0);
  columns.job.set([4, 7, 4, 9]);
  const trace = { columns, rows: 4 };
  assert.deepEqual(
    [4, 7, 9].map((job) => rowOfJob(trace, job)),
    [2, 1, 3],
  );
});

test('what has not ended, or is no number, is not found', () => {
  const columns = emptyColumns(8, 0);
  columns.job.set([4, 7]);
  for (const job of [5, -1, 0.5, Number.NaN, 0]) assert.equal(rowOfJob({ columns, rows: 2 }, job), null);
});
