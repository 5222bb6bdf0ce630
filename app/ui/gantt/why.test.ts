import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyColumns, UNEXPLAINED } from '../../../server/application/trace.ts';
import { REASONS } from '../../../server/scheduling/reason.ts';
import { en } from '../words/en.ts';
import { ko } from '../words/ko.ts';
import { lateMs, whyOf } from './why.ts';

function oneRow() {
  const columns = emptyColumns(1, 0, 3);
  columns.reason[0] = REASONS.indexOf('soonest');
  columns.unit[0] = 1;
  columns.dispatchMs[0] = 10;
  columns.endMs[0] = 32;
  columns.deadlineMs[0] = Number.POSITIVE_INFINITY;
  columns.finishMs.set([50, 20, Number.POSITIVE_INFINITY]);
  columns.price.fill(Number.NaN);
  return columns;
}

test('a row tells its reason, what each unit promised, and what it really took', () => {
  assert.deepEqual(whyOf(oneRow(), 0), {
    reason: 'soonest',
    alternatives: [
      { unit: 0, chosen: false, expectedMs: 50, priceMs: null },
      { unit: 1, chosen: true, expectedMs: 20, priceMs: null },
      { unit: 2, chosen: false, expectedMs: null, priceMs: null },
    ],
    priced: false,
    tookMs: 22,
    expectedMs: 20,
  });
});

test('prices are kept where the policy has them', () => {
  const columns = oneRow();
  columns.price.set([3.5, 0, Number.NaN]);
  const why = whyOf(columns, 0);
  assert.equal(why?.priced, true);
  assert.deepEqual(
    why?.alternatives.map(({ priceMs }) => priceMs),
    [3.5, 0, null],
  );
});

test('a row of a run that was recorded without reasons explains nothing', () => {
  const old = oneRow();
  old.reason[0] = UNEXPLAINED;
  assert.equal(whyOf(old, 0), null);
  const older = emptyColumns(1, 0);
  older.reason[0] = UNEXPLAINED;
  assert.equal(whyOf(older, 0), null);
});

test('a deadline is met or missed by so many milliseconds, and nobody asked for most', () => {
  const columns = oneRow();
  assert.equal(lateMs(columns, 0), null);
  columns.deadlineMs[0] = 30;
  assert.equal(lateMs(columns, 0), 2);
  columns.deadlineMs[0] = 40;
  assert.equal(lateMs(columns, 0), -8);
});

test('every reason is a sentence in both languages that names the unit or the model where it says so', () => {
  for (const reason of REASONS)
    for (const language of [en, ko]) assert.ok(language.why.reason[reason]('MobileNetV2', 'Coral').length > 10, reason);
  assert.match(en.why.reason.stolen('MobileNetV2', 'Coral'), /Coral/);
});
