import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absences } from './outage.ts';

const out = (fromMs: number, toMs: number | null, unit = 'u') => ({ unit, fromMs, toMs });

test('outages that touch or overlap are one absence, in order, each unit for itself', () => {
  const outages = [out(50, 60), out(10, 20), out(20, 30), out(25, 28), out(0, 99, 'v')];
  assert.deepEqual(absences(outages, 'u'), [
    { fromMs: 10, toMs: 30 },
    { fromMs: 50, toMs: 60 },
  ]);
});

test('what has no end swallows what comes after it', () => {
  assert.deepEqual(absences([out(5, null), out(10, 20)], 'u'), [{ fromMs: 5, toMs: Number.POSITIVE_INFINITY }]);
});
