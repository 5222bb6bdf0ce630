import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTrack } from './track.ts';

const SWITCH = 2;
function track() {
  const made = createTrack(4, SWITCH);
  for (let i = 0; i < 2000; i++) {
    const startMs = i * 10 + (i % 5 === 0 ? 2 : 0);
    made.add({ beginMs: i * 10, startMs, endMs: i * 10 + 6, kind: i % 2, row: i });
  }
  return made;
}

test('the slice at a moment is found, its switch included, and idle time has none', () => {
  const made = track();
  assert.equal(made.at(53), 5);
  assert.equal(made.at(51), 5); // its switch lasts from 50 to 52
  assert.equal(made.at(57), -1);
  assert.equal(made.at(1e9), -1);
});

test('a window holds the slices that touch it', () => {
  assert.deepEqual(track().within(55, 81), [5, 9]);
});

test('zoomed in and zoomed out agree on how busy the unit was', () => {
  const made = track();
  const sums = ([0.5, 64] as const).map((stepMs) => {
    const count = Math.ceil(6400 / stepMs);
    const into = new Float32Array(count * 4);
    made.read(0, stepMs, count, into);
    return [0, 1, SWITCH].map((kind) => {
      let ms = 0;
      for (let column = 0; column < count; column++) ms += (into[column * 4 + kind] ?? 0) * stepMs;
      return Math.round(ms);
    });
  });
  assert.deepEqual(sums[0], sums[1]);
  assert.deepEqual(sums[0], [1792, 1792, 256]);
});

test('what is told late still finds its place', () => {
  const made = createTrack(4, SWITCH);
  made.add({ beginMs: 0, startMs: 0, endMs: 10, kind: 0, row: 0 });
  made.add({ beginMs: 20, startMs: 20, endMs: 30, kind: 0, row: 1 });
  made.add({ beginMs: 10, startMs: 10, endMs: 18, kind: 1, row: 2 });
  assert.equal(made.row[made.at(15)], 2);
  assert.equal(made.row[made.at(25)], 1);
});
