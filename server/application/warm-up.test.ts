import assert from 'node:assert/strict';
import test from 'node:test';
import { posterSimulation } from '../test/drawing.ts';
import { warmUp } from './warm-up.ts';

test('a run is played small until its time is over, and one that cannot be played is left to whoever begins it', () => {
  let ms = 0;
  assert.ok(warmUp(posterSimulation('fluid', 100_000), () => ms++) >= 1);
  assert.ok(ms >= 60, 'the clock ran out');
  assert.equal(
    warmUp({ ...posterSimulation('fluid', 10), policy: 'nobody' }, () => 0),
    0,
  );
});
