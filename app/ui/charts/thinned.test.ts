import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinned } from './thinned.ts';

const ramp = (length: number) => Float64Array.from({ length }, (_, i) => i);

test('a peak of a single point is still there, and so is the newest moment', () => {
  const at = ramp(25_000);
  const line = new Float64Array(25_000).fill(5);
  line[12_345] = 80;
  line[20_000] = -3;
  const [xs, ys] = thinned([at, line], 1200);
  assert.ok(xs && ys && xs.length <= 1200 && xs.length === ys.length, `${xs?.length} points`);
  assert.equal(Math.max(...ys), 80);
  assert.equal(Math.min(...ys), -3);
  assert.equal(xs.at(-1), 24_999);
  assert.deepEqual(
    [...xs],
    [...xs].sort((a, b) => a - b),
  );
});

test('a line that rises rises still, and one that falls falls', () => {
  const [, up, down] = thinned([ramp(4000), ramp(4000), ramp(4000).reverse()], 500);
  assert.deepEqual(
    [...(up ?? [])],
    [...(up ?? [])].sort((a, b) => a - b),
  );
  assert.deepEqual(
    [...(down ?? [])],
    [...(down ?? [])].sort((a, b) => b - a),
  );
});

test('where there was no value the line is broken, and a stretch with one value has that one', () => {
  const line = new Float64Array(1024).fill(Number.NaN);
  line[3] = 7;
  const [, ys] = thinned([ramp(1024), line], 256);
  assert.deepEqual([...(ys ?? [])].slice(0, 4), [7, 7, Number.NaN, Number.NaN]);
});

test('what was drawn stays as it was when one more point comes', () => {
  const [, before] = thinned([ramp(1000), ramp(1000)], 300);
  const [, after] = thinned([ramp(1001), ramp(1001)], 300);
  assert.deepEqual([...(after ?? [])].slice(0, 240), [...(before ?? [])].slice(0, 240));
});

test('few points are left alone', () => {
  const columns = [ramp(100), ramp(100)];
  assert.equal(thinned(columns, 100), columns);
});
