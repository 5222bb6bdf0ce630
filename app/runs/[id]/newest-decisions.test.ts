import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { newestDecisions } from './newest-decisions.ts';

test('the newest decision comes first, though a job that was decided earlier ended later', () => {
  const columns = emptyColumns(8, 0);
  columns.dispatchMs.set([0, 30, 10, 40, 5]); // in order of their ends
  assert.deepEqual(newestDecisions({ columns, rows: 5 }, 3), [3, 1, 2]);
  assert.deepEqual(newestDecisions({ columns, rows: 0 }, 3), []);
});
