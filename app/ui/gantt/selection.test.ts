import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { createSchedule } from './schedule.ts';
import { summarise } from './selection.ts';

/** Unit 0 works 10 ms of every 10, unit 1 works 5 of every 10; all arrived at 0. The last job is lost. */
function drawn() {
  const unit = (id: string) => ({ id, name: id, source: 'simulated' as const, precision: 'fp32' as const });
  const schedule = createSchedule({
    units: [unit('a'), unit('b')],
    models: [{ id: 'm', name: 'm', trained: true, labels: null }],
  });
  const columns = emptyColumns(20, 0);
  for (let row = 0; row < 20; row++) {
    const turn = row >> 1;
    columns.unit[row] = row % 2;
    columns.startMs[row] = turn * 10;
    columns.endMs[row] = turn * 10 + (row % 2 ? 5 : 10);
  }
  columns.outcome[19] = 2;
  assert.ok(schedule.append(columns));
  return schedule;
}

test('a stretch counts what was completed in it and how busy each unit was', () => {
  const { jobs, throughput, utilisation, latency, waitMs } = summarise(drawn(), 20, 40);
  assert.equal(jobs, 4);
  assert.equal(throughput, 200);
  assert.deepEqual(utilisation, [1, 0.5]);
  assert.deepEqual([latency.p50Ms, latency.p95Ms, latency.p99Ms], [30, 40, 40]);
  assert.equal(waitMs, 25);
});

test('half a job counts half its time and no completion', () => {
  const { jobs, utilisation } = summarise(drawn(), 22, 24);
  assert.equal(jobs, 0);
  assert.deepEqual(utilisation, [1, 1]);
});

test('an attempt that was lost is busy time, but no completed job', () => {
  const { jobs, failed } = summarise(drawn(), 90, 100);
  assert.deepEqual([jobs, failed], [1, 1]);
});

test('a stretch without a job has no percentile', () => {
  const { jobs, latency } = summarise(drawn(), 500, 600);
  assert.equal(jobs, 0);
  assert.ok(Number.isNaN(latency.p50Ms) && Number.isNaN(latency.p99Ms));
});
