import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createAfterPaint } from './after-paint.ts';
import { createFrameLoop } from './frame-loop.ts';

function drawn(hidden: boolean) {
  const turns = new Set<() => void>();
  const requested: ((nowMs: number) => void)[] = [];
  const tab = {
    now: hidden,
    hidden: () => tab.now,
    onTurn(call: () => void) {
      turns.add(call);
      return () => turns.delete(call);
    },
  };
  const afterPaint = createAfterPaint(
    tab,
    createFrameLoop((call) => requested.push(call)),
  );
  return {
    afterPaint,
    listeners: () => turns.size,
    paint() {
      for (const call of requested.splice(0)) call(0);
    },
    turn(to: boolean) {
      tab.now = to;
      for (const call of [...turns]) call();
    },
  };
}

test('a tab that is looked at answers when the next frame is painted, once', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const seen = drawn(false);
  const call = mock.fn();
  seen.afterPaint(call);
  assert.equal(call.mock.callCount(), 0);
  seen.paint();
  assert.equal(call.mock.callCount(), 1);
  mock.timers.tick(5000);
  seen.paint();
  assert.deepEqual([call.mock.callCount(), seen.listeners()], [1, 0]);
  mock.timers.reset();
});

test('a hidden tab answers once a second', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { afterPaint } = drawn(true);
  let states = 0;
  const next = () => {
    states++;
    afterPaint(next);
  };
  afterPaint(next);
  for (let ms = 0; ms < 10_000; ms += 50) mock.timers.tick(50);
  assert.equal(states, 10);
  mock.timers.reset();
});

test('a tab that is shown again answers at once; one that is hidden before its frame comes, within the second', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const shown = drawn(true);
  const call = mock.fn();
  shown.afterPaint(call);
  mock.timers.tick(100);
  shown.turn(false);
  assert.deepEqual([call.mock.callCount(), shown.listeners()], [1, 0]);
  const hidden = drawn(false);
  const late = mock.fn();
  hidden.afterPaint(late);
  hidden.turn(true);
  assert.equal(late.mock.callCount(), 0);
  mock.timers.tick(1000);
  assert.equal(late.mock.callCount(), 1);
  mock.timers.reset();
});
