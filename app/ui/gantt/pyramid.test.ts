import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPyramid } from './pyramid.ts';

const near = (a: number, b: number, within = 1e-3) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

/** Milliseconds of each class in the columns asked for. */
function busyMs(
  pyramid: ReturnType<typeof createPyramid>,
  classes: number,
  fromMs: number,
  stepMs: number,
  count: number,
) {
  const into = new Float32Array(count * classes);
  pyramid.read(fromMs, stepMs, count, into);
  return Array.from({ length: classes }, (_, kind) => {
    let sum = 0;
    for (let column = 0; column < count; column++) sum += (into[column * classes + kind] ?? 0) * stepMs;
    return sum;
  });
}

test('no busy time is lost or invented, at any zoom', () => {
  const pyramid = createPyramid(2);
  let truth = 0;
  for (let i = 0; i < 4000; i++) {
    pyramid.add(i % 2, i * 5 + 0.3, i * 5 + 3.693);
    truth += 3.393 / 2;
  }
  for (const [step, count] of [
    [20, 1000],
    [4, 5000],
    [137.7, 150],
  ] as const) {
    const [even, odd] = busyMs(pyramid, 2, 0, step, count);
    near(even ?? 0, truth, truth * 1e-3);
    near(odd ?? 0, truth, truth * 1e-3);
  }
});

test('the time covered may grow a thousandfold: the finest level widens, the sum stays', () => {
  const pyramid = createPyramid(1);
  pyramid.add(0, 0, 500);
  pyramid.add(0, 3_600_000, 3_600_700);
  assert.ok(pyramid.finestMs > 1 && pyramid.finestMs <= 64);
  near(busyMs(pyramid, 1, 0, 4000, 1000)[0] ?? 0, 1200, 1);
});

test('a column that is busy throughout is full, one that is idle is empty', () => {
  const pyramid = createPyramid(1);
  pyramid.add(0, 100, 200);
  const into = new Float32Array(4);
  pyramid.read(0, 100, 4, into);
  near(into[0] ?? 1, 0);
  near(into[1] ?? 0, 1);
  near(into[2] ?? 1, 0);
});

test('half a column is half', () => {
  const pyramid = createPyramid(1);
  pyramid.add(0, 0, 50);
  const into = new Float32Array(1);
  pyramid.read(0, 100, 1, into);
  near(into[0] ?? 0, 0.5);
});
