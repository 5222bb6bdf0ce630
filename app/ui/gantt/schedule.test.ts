import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns, type TraceColumns } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { createSchedule } from './schedule.ts';

const run = {
  units: [{ id: 'a' }, { id: 'b' }],
  models: [{ id: 'm' }],
} as unknown as Pick<RunDetail, 'units' | 'models'>;

/** Units a and b by turns, ten milliseconds each, five of them busy. */
function part(firstSeq: number, rows: number): TraceColumns {
  const columns = emptyColumns(rows, firstSeq);
  for (let row = 0; row < rows; row++) {
    const seq = firstSeq + row;
    columns.job[row] = seq;
    columns.unit[row] = seq % 2;
    columns.startMs[row] = seq * 10;
    columns.endMs[row] = seq * 10 + 5;
  }
  return columns;
}

test('a run that never ends keeps its newest rows, and still knows how busy its units were before', () => {
  const schedule = createSchedule(run, undefined, 400);
  const forgotten: number[] = [];
  schedule.hearForget((rows) => forgotten.push(rows));
  for (let seq = 0; seq < 2000; seq += 50) assert.ok(schedule.append(part(seq, 50)));
  assert.ok(schedule.trace.rows <= 400 && schedule.trace.rows > 300, `${schedule.trace.rows}`);
  assert.equal(schedule.trace.nextSeq, 2000);
  assert.equal(
    forgotten.reduce((sum, rows) => sum + rows, 0),
    2000 - schedule.trace.rows,
  );
  const [track] = schedule.tracks;
  assert.equal(schedule.trace.columns.job[track?.row[0] ?? -1], 2000 - schedule.trace.rows);
  const shares = new Float32Array(3);
  track?.read(0, 10_000, 1, shares);
  assert.ok(Math.abs((shares[0] ?? 0) - 0.25) < 0.001, `a quarter of the first half, not ${shares[0]}`);
  track?.read(0, 0.5, 1, shares);
  assert.ok((shares[0] ?? 0) > 0, 'also closer than the busy shares go');
});

test('rows after a gap are refused, and are taken once the gap is closed', () => {
  const schedule = createSchedule(run);
  assert.ok(schedule.append(part(0, 10)));
  assert.equal(schedule.append(part(20, 10)), false);
  assert.ok(schedule.append(part(10, 20)));
  assert.equal(schedule.endMs, 295);
});
