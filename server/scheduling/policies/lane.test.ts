import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLane } from './lane.ts';

test('a lane is a list, whatever is done to it', () => {
  const deeds = fc.array(fc.constantFrom('push', 'push', 'push', 'unshift', 'shift', 'pop', 'drain'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(deeds, (asked) => {
      const lane = createLane<number>();
      let list: number[] = [];
      asked.forEach((deed, n) => {
        if (deed === 'push' || deed === 'unshift') {
          lane[deed](n);
          list[deed](n);
        } else if (deed === 'drain') {
          assert.deepEqual(lane.drain(), list);
          list = [];
        } else assert.equal(lane[deed](), list[deed]());
        assert.deepEqual([lane.size, lane.first(), lane.last()], [list.length, list[0], list.at(-1)]);
      });
    }),
  );
});

test('a long lane forgets what was taken and keeps the rest', () => {
  const lane = createLane<number>();
  for (let n = 0; n < 5000; n++) lane.push(n);
  for (let n = 0; n < 4000; n++) assert.equal(lane.shift(), n);
  assert.deepEqual([lane.size, lane.first(), lane.last()], [1000, 4000, 4999]);
});
