import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineWatched } from '../hardware/health/watch.ts';
import { openConditions } from './run-conditions.ts';

const machine = (share: number | null, sinceMs: number, over: Partial<MachineWatched> = {}): MachineWatched => ({
  ...{ governor: 'performance', temperatureC: 60, clockMHz: 1800, zones: [], watts: null, cores: 6, load: 1 },
  clusters: [{ cores: '0-5', governor: 'performance', clockMHz: 1800, maxMHz: 1800 }],
  memory: { freeBytes: 1, totalBytes: 2 },
  throttled: share === null ? null : { share, zone: 'soc-thermal', temperatureC: 86.2 },
  throttledSinceMs: sinceMs,
  sticks: [{ name: 'Intel NCS2', speedMbps: 480, temperatureC: null }],
  ...over,
});

/** A run that began at 5000 on the machine's clock. */
function followed(looks: readonly MachineWatched[]) {
  const notes: [number, string, string][] = [];
  const book = openConditions(5000, (kind, text, atMs) => notes.push([atMs, kind, text]));
  looks.forEach((look, second) => {
    book.see(look, second * 1000);
  });
  return { notes, close: (atMs: number) => book.close(atMs) };
}

test('a stretch of throttling is noted from its first moment to its last, and again when it becomes worse', () => {
  const { notes, close } = followed([
    machine(null, 100),
    machine(0.8, 6000),
    machine(0.78, 6000),
    machine(0.6, 6000),
    machine(null, 8500, { temperatureC: 71 }),
  ]);
  assert.deepEqual(notes, [
    [1000, 'throttled', 'its clock is held at 80 % at 86.2 °C (soc-thermal)'],
    [3000, 'throttled', 'its clock is held at 60 % at 86.2 °C (soc-thermal)'],
    [3500, 'unthrottled', 'nothing holds its clock any more'],
  ]);
  assert.deepEqual(close(5000), {
    start: { temperatureC: 60, governor: 'performance', clocksMHz: [1800] },
    end: { temperatureC: 71, governor: 'performance', clocksMHz: [1800] },
    hottestC: 71,
    sticks: [{ name: 'Intel NCS2', speedMbps: 480, hottestC: null }],
    throttledMs: 2500,
  });
});

test('of a stick with a thermometer the hottest moment is kept, and one that comes later is not said to have been there', () => {
  const warm = (temperatureC: number | null) => [{ name: 'Intel NCS2', speedMbps: 5000, temperatureC }];
  const coral = { name: 'Google Coral USB', speedMbps: 5000, temperatureC: null };
  const looks = [warm(null), warm(48.5), [...warm(61), coral], warm(52)];
  assert.deepEqual(followed(looks.map((sticks) => machine(null, 1, { sticks }))).close(4000)?.sticks, [
    { name: 'Intel NCS2', speedMbps: 5000, hottestC: 61 },
  ]);
});

test('a run that begins on a throttled machine is throttled from its start, and to its end if nothing changes', () => {
  const { notes, close } = followed([machine(1, 100, { throttled: { share: 1, zone: null, temperatureC: null } })]);
  assert.deepEqual(notes, [[0, 'throttled', 'its clock is held at 100 %']]);
  assert.equal(close(1234)?.throttledMs, 1234);
});

test('another governor is noted; a machine that was never looked at is not described', () => {
  const { notes } = followed([machine(null, 1), machine(null, 1, { governor: 'ondemand' })]);
  assert.deepEqual(notes, [[1000, 'info', 'the governor is ondemand, and was performance']]);
  assert.equal(followed([]).close(9), null);
  assert.equal(followed([machine(null, 1)]).close(9)?.throttledMs, 0);
  const blind = { clusters: [], zones: [], temperatureC: null };
  assert.equal(followed([machine(null, 1, blind)]).close(9)?.throttledMs, null, 'no sensor would have told');
});
