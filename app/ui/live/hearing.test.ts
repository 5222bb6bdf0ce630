import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHearing } from './hearing.ts';

test('a board that says nothing for a few seconds is silent, then the connection is given up', () => {
  const hearing = createHearing();
  hearing.heard(1000);
  assert.deepEqual([2000, 3400, 3600, 7100].map(hearing.judge), ['well', 'well', 'silent', 'deaf']);
  hearing.heard(7200);
  assert.equal(hearing.judge(8000), 'well');
});

test('before the first word nothing is missed', () => {
  assert.equal(createHearing().judge(60_000), 'well');
});

test('a tab that was hidden has its time from when somebody looks again; the age stays that of the last word', () => {
  const hearing = createHearing();
  hearing.heard(1000);
  hearing.looked(60_000);
  assert.equal(hearing.judge(61_000), 'well');
  assert.equal(hearing.judge(63_000), 'silent');
  assert.equal(hearing.heardAtMs, 1000);
});
