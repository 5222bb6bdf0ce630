import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVirtualClock } from './virtual-clock.ts';

test('things happen in order of time, then of asking, and "after 0" when the instant is over', () => {
  const clock = createVirtualClock();
  const heard: string[] = [];
  const say = (word: string) => () => void heard.push(`${clock.now()} ${word}`);
  clock.after(20, say('late'));
  clock.after(10, () => {
    say('first')();
    clock.after(0, say('settled'));
  });
  clock.after(10, say('second'));
  assert.equal(clock.run(), 20);
  assert.deepEqual(heard, ['10 first', '10 second', '10 settled', '20 late']);
});

test('ten thousand events at drawn times come out sorted', () => {
  const clock = createVirtualClock();
  const times: number[] = [];
  let state = 1;
  for (let i = 0; i < 10_000; i++) {
    state = (state * 48271) % 2147483647;
    clock.after(state % 1000, () => times.push(clock.now()));
  }
  clock.run();
  assert.equal(times.length, 10_000);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
});
