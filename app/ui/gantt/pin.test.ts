import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { bringIntoView, createPin, stepFrom } from './pin.ts';
import { createSchedule } from './schedule.ts';
import { createView } from './view.ts';

// u0: rows 0 (0–10), 2 (10–20), 3 (20–30); u1: nothing; u2: row 1 (0–15).
function drawn() {
  const unit = (id: string) => ({ id, name: id, source: 'simulated', precision: 'fp32' }) as const;
  const schedule = createSchedule({
    units: [unit('u0'), unit('u1'), unit('u2')],
    models: [{ id: 'm', name: 'M', trained: false, labels: null }],
  });
  const rows = [
    [0, 0, 10],
    [2, 0, 15],
    [0, 10, 20],
    [0, 20, 30],
  ] as const;
  const columns = emptyColumns(rows.length, 0);
  rows.forEach(([u, startMs, endMs], row) => {
    columns.unit[row] = u;
    columns.startMs[row] = startMs;
    columns.endMs[row] = endMs;
  });
  schedule.append(columns);
  const view = createView('fit');
  view.reach(30);
  return { schedule, view };
}

test('the keys walk along a unit and stop at its ends', () => {
  const { schedule, view } = drawn();
  assert.equal(stepFrom(schedule, view, 0, 'next'), 2);
  assert.equal(stepFrom(schedule, view, 2, 'next'), 3);
  assert.equal(stepFrom(schedule, view, 3, 'next'), null);
  assert.equal(stepFrom(schedule, view, 2, 'previous'), 0);
  assert.equal(stepFrom(schedule, view, 0, 'previous'), null);
});

test('up and down go to the same moment of the nearest unit that did something', () => {
  const { schedule, view } = drawn();
  assert.equal(stepFrom(schedule, view, 0, 'below'), 1);
  assert.equal(stepFrom(schedule, view, 1, 'above'), 0);
  assert.equal(stepFrom(schedule, view, 1, 'below'), null);
});

test('with nothing pinned the middle of the view is where one begins', () => {
  const { schedule, view } = drawn();
  assert.ok(stepFrom(schedule, view, null, 'next') !== null);
});

test('the view moves only when the slice is outside', () => {
  const { schedule, view } = drawn();
  view.zoom(0.001, 0);
  const from = view.fromMs;
  bringIntoView(schedule, view, 3);
  assert.ok(view.fromMs > from && view.fromMs <= 25 && view.toMs >= 25, `${view.fromMs}–${view.toMs}`);
});

test('a pin says when it changes, and only then', () => {
  const pin = createPin();
  let heard = 0;
  pin.hear(() => heard++);
  pin.set(3);
  pin.set(3);
  pin.set(null);
  assert.equal(heard, 2);
});
