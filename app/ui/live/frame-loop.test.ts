import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFrameLoop } from './frame-loop.ts';

/** A screen whose frames come when the test says so. */
function screen() {
  const requested: ((nowMs: number) => void)[] = [];
  const loop = createFrameLoop((call) => requested.push(call));
  return {
    loop,
    requested,
    frame(nowMs: number) {
      for (const call of requested.splice(0)) call(nowMs);
    },
  };
}

test('whatever asks is drawn once in the same frame, and nothing is requested where nobody asks', () => {
  const { loop, requested, frame } = screen();
  const drawn: string[] = [];
  const gantt = loop.add(() => drawn.push('gantt'));
  const chart = loop.add(() => drawn.push('chart'));
  assert.equal(requested.length, 0);
  gantt.ask();
  gantt.ask();
  chart.ask();
  assert.equal(requested.length, 1);
  frame(16);
  assert.deepEqual(drawn, ['gantt', 'chart']);
  assert.equal(requested.length, 0);
});

test('what asks while it is drawn has the next frame', () => {
  const { loop, requested, frame } = screen();
  let drawn = 0;
  const gantt = loop.add(() => {
    if (++drawn < 3) gantt.ask();
  });
  gantt.ask();
  for (let at = 16; requested.length > 0; at += 16) frame(at);
  assert.equal(drawn, 3);
});

test('what is to be drawn seldom waits its time, and is then drawn without asking again', () => {
  const { loop, frame } = screen();
  const at: number[] = [];
  const chart = loop.add((nowMs) => at.push(nowMs), 100);
  chart.ask();
  frame(0);
  chart.ask();
  for (let nowMs = 16; nowMs <= 208; nowMs += 16) frame(nowMs);
  assert.deepEqual(at, [0, 112]);
});

test('what has left is not drawn any more, not even in a frame that has begun', () => {
  const { loop, frame } = screen();
  let drawn = 0;
  const first = loop.add(() => second.leave());
  const second = loop.add(() => drawn++);
  first.ask();
  second.ask();
  frame(16);
  assert.equal(drawn, 0);
});

test('what has asked can be drawn at once, however often it may be drawn', () => {
  const drawn: number[] = [];
  const loop = createFrameLoop(() => {});
  const slow = loop.add((nowMs) => void drawn.push(nowMs), 1000);
  slow.ask();
  loop.drawNow(1);
  loop.drawNow(2);
  slow.ask();
  loop.drawNow(3);
  assert.deepEqual(drawn, [1, 3]);
});
