import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns } from '../../../server/application/trace.ts';
import { laneTop } from './paint.ts';
import { createSchedule } from './schedule.ts';
import { sliceAt } from './slice-at.ts';
import { createView } from './view.ts';

// One unit, 1000 ms over 1000 pixels: slices at 100–200 and 210–300.
function drawn() {
  const schedule = createSchedule({
    units: [{ id: 'u', name: 'U', source: 'simulated', precision: 'fp32' }],
    models: [{ id: 'm', name: 'M', trained: false, labels: null }],
  });
  const columns = emptyColumns(2, 0);
  columns.startMs.set([100, 210]);
  columns.endMs.set([200, 300]);
  schedule.append(columns);
  return { schedule, view: createView('fit') };
}
const y = laneTop(0) + 10;

test('a point is the slice it is on, and nothing between slices', () => {
  const { schedule, view } = drawn();
  const row = (x: number, slack = 0) => sliceAt(schedule, view, { x, y }, 1000, slack)?.row ?? null;
  assert.deepEqual([row(150), row(250), row(205), row(50), row(400)], [0, 1, null, null, null]);
});

test('a finger means the closest slice beside it, and none that is far', () => {
  const { schedule, view } = drawn();
  const row = (x: number, slack = 14) => sliceAt(schedule, view, { x, y }, 1000, slack)?.row ?? null;
  assert.deepEqual([row(203), row(208), row(90), row(313), row(80), row(320)], [0, 1, 0, 1, null, null]);
});

test('outside the lanes there is nothing', () => {
  const { schedule, view } = drawn();
  assert.equal(sliceAt(schedule, view, { x: 150, y: 2 }, 1000, 14), null);
  assert.equal(sliceAt(schedule, view, { x: 150, y: laneTop(3) }, 1000, 14), null);
});
