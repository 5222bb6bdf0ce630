import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { createSchedule } from './schedule.ts';
import { type Waiting, waitingOfRows, waitingOfSamples } from './waiting.ts';

const read = (waiting: Waiting, fromMs: number, stepMs: number, count: number) => {
  const into = new Float32Array(count);
  waiting.read(fromMs, stepMs, count, into);
  return [...into];
};

function drawn(jobs: readonly (readonly [arrivalMs: number, dispatchMs: number, attempt?: number])[]) {
  const schedule = createSchedule({ units: [{ id: 'a' }], models: [{ id: 'm' }] } as unknown as RunDetail);
  const columns = emptyColumns(jobs.length, 0);
  jobs.forEach(([arrivalMs, dispatchMs, attempt = 1], row) => {
    columns.arrivalMs[row] = arrivalMs;
    columns.dispatchMs[row] = dispatchMs;
    columns.endMs[row] = dispatchMs + 5;
    columns.attempt[row] = attempt;
  });
  schedule.append(columns);
  return schedule;
}

test('a job waits from its arrival to its dispatch, whatever the order in which jobs ended', () => {
  const waiting = waitingOfRows(
    drawn([
      [30, 40],
      [0, 10],
      [5, 50],
    ]),
    0,
  );
  assert.deepEqual(read(waiting, 0, 5, 11), [1, 2, 1, 1, 1, 1, 2, 2, 1, 1, 0]);
});

test('any zoom says the same of the same moment', () => {
  const jobs = Array.from({ length: 500 }, (_, i) => [i, i + (i % 37)] as const);
  const waiting = waitingOfRows(drawn(jobs), 0);
  const close = read(waiting, 0, 1, 500);
  assert.deepEqual(
    read(waiting, 0, 50, 10),
    close.filter((_, i) => i % 50 === 0),
  );
});

test('a second attempt does not wait again, and what never began waits to the end', () => {
  const waiting = waitingOfRows(
    drawn([
      [0, 10],
      [0, 30, 2],
    ]),
    3,
  );
  assert.deepEqual(read(waiting, 0, 10, 2), [3, 2]);
});

test('samples hold until the next one; before the first and after the last nothing is known', () => {
  const samples = [Float64Array.from([1, 2, 3]), Float64Array.from([5, 6, 7]), Float64Array.from([1, 1, 0])];
  const waiting = waitingOfSamples(() => samples);
  assert.deepEqual(read(waiting, 0, 500, 9), [Number.NaN, Number.NaN, 6, 6, 7, 7, 7, 7, Number.NaN]);
});
