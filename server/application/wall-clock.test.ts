import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jumpText, watchWallClock } from './wall-clock.ts';

function clocks() {
  const now = { wallMs: 1e12, monotonicMs: 5000 };
  const told: string[] = [];
  const watch = watchWallClock({ wallMs: () => now.wallMs, monotonicMs: () => now.monotonicMs }, (byMs) =>
    told.push(jumpText(byMs)),
  );
  const after = (ms: number, setBy = 0) => {
    now.monotonicMs += ms;
    now.wallMs += ms + setBy;
    watch.look();
  };
  return { after, told };
}

test('an hour forward, an hour back, and from 1970 to today are told once each', () => {
  const { after, told } = clocks();
  after(50);
  after(50, 3_600_000);
  after(50);
  after(50, -3_600_000);
  after(60_000, 56 * 365 * 86_400_000);
  after(50);
  assert.deepEqual(told, [
    'the machine’s clock was set forward by 3600 s',
    'the machine’s clock was set back by 3600 s',
    'the machine’s clock was set forward by 1766016000 s',
  ]);
});

test('a clock that NTP pulls along, and a look that comes late, are nothing', () => {
  const { after, told } = clocks();
  for (let n = 0; n < 100; n++) after(1000, 0.5);
  after(3_600_000, 400);
  assert.deepEqual(told, []);
});
