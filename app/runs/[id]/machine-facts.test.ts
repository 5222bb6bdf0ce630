import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../../ui/words/en.ts';
import { formatsFor } from '../../ui/words/format.ts';
import { machineFacts } from './machine-facts.ts';

const f = formatsFor('en');
const cool = { temperatureC: 54.3, governor: 'performance', clocksMHz: [1416, 1800] };
const nothing = { temperatureC: null, governor: null, clocksMHz: [] };

test('what the machine was like stands there from start to end, with its heat', () => {
  const end = { ...cool, temperatureC: 84, clocksMHz: [1416, 1200] };
  assert.deepEqual(
    machineFacts(
      {
        start: cool,
        end,
        hottestC: 86.2,
        throttledMs: 2500,
        sticks: [{ name: 'Intel NCS2', speedMbps: 480, hottestC: 61 }],
      },
      en,
      f,
    ),
    [
      [
        'Machine',
        '54.3 °C, performance, 1.42 / 1.80 GHz → 84.0 °C, performance, 1.42 / 1.20 GHz · Intel NCS2: USB 2, hottest 61.0 °C · hottest 86.2 °C · Throttled for 2.50 s',
      ],
    ],
  );
});

test('a machine without sensors is not described, nor is a run at which nobody looked', () => {
  assert.deepEqual(
    machineFacts({ start: nothing, end: nothing, hottestC: null, throttledMs: 0, sticks: [] }, en, f),
    [],
  );
  assert.deepEqual(machineFacts(null, en, f), []);
});
