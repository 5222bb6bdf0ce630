import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { createSchedule } from '../gantt/schedule.ts';
import { ecdf, latenciesOf, traceSeries } from './trace-series.ts';

/** Ten jobs wait from the start; one unit does them, ten milliseconds each. */
function drawn() {
  const schedule = createSchedule({
    units: [{ id: 'u', name: 'u', source: 'hardware', precision: 'fp32' }],
    models: [{ id: 'm', name: 'm', trained: true, labels: null }],
  });
  const columns = emptyColumns(10, 0);
  for (let row = 0; row < 10; row++) {
    columns.attempt[row] = 1;
    columns.dispatchMs[row] = row * 10;
    columns.startMs[row] = row * 10;
    columns.endMs[row] = row * 10 + 10;
  }
  schedule.append(columns);
  return schedule;
}

test('a steady unit has a steady throughput and is always busy', () => {
  const { throughput, utilisation } = traceSeries(drawn(), 5);
  assert.deepEqual([...(throughput[0] ?? [])], [0.02, 0.04, 0.06, 0.08, 0.1]);
  assert.deepEqual([...(throughput[1] ?? [])], [100, 100, 100, 100, 100]);
  assert.ok(utilisation[1]?.every((share) => Math.abs(share - 1) < 1e-3));
});

test('the queue falls from what waited to nothing', () => {
  const [at, depth] = traceSeries(drawn(), 5).queue;
  assert.equal(at?.[0], 0);
  assert.deepEqual([...(depth ?? [])], [9, 7, 5, 3, 1, 0]);
});

test('jobs that a run cut short never began wait to its end', () => {
  const [, depth] = traceSeries(drawn(), 5, [30]).queue;
  assert.deepEqual([...(depth ?? [])], [29, 27, 25, 23, 21, 20]);
});

test('latency is from arrival, and none where nothing ended', () => {
  const series = traceSeries(drawn(), 20).latency;
  assert.ok(Number.isNaN(series[1]?.[0]));
  assert.equal(series[1]?.[1], 10);
});

test('a distribution ends at one and reaches half at the median', () => {
  const [at, share] = ecdf(latenciesOf(drawn()), 1000);
  assert.deepEqual([...at], [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  assert.equal(share.at(-1), 1);
  assert.equal(at[share.findIndex((p) => p >= 0.5)], 50);
  const thinned = ecdf(
    Float64Array.from({ length: 9999 }, (_, i) => i + 1),
    100,
  );
  assert.equal(thinned[0].length, 100);
  assert.equal(thinned[0].at(-1), 9999);
});
