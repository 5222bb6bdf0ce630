import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFromUnit } from './channel.ts';

const done = { type: 'done', ref: 3, startMs: 10, endMs: 12.5, loadMs: 0 };
const top = [
  { index: 4, logit: 1.5 },
  { index: 0, logit: -2 },
];

test('what a unit may say is understood', () => {
  const messages = [
    done,
    { ...done, top },
    { type: 'opened', pid: 7, info: 'simulated' },
    { type: 'opened', pid: 7, info: 'a stand-in', simulated: true },
    { type: 'prepared', run: 1 },
    { type: 'prepared', run: 1, error: 'no picture' },
    { type: 'loaded', ref: 1, ms: 4.5 },
    { type: 'failed', ref: 1, error: 'it broke' },
  ];
  for (const message of messages) assert.deepEqual(parseFromUnit(message), message);
});

test('a driver that talks rubbish is not believed', () => {
  const rubbish = [
    undefined,
    null,
    'done',
    [],
    {},
    { type: 'dance' },
    { type: 'opened', pid: 7, info: 'a stand-in', simulated: 'hardly' },
    { type: 'failed', ref: 1 },
    { type: 'failed', ref: 1, error: 'x'.repeat(501) },
    { ...done, ref: 'nonsense' },
    { ...done, ref: -1 },
    { ...done, ref: 1.5 },
    { ...done, startMs: null },
    { ...done, startMs: Number.NaN },
    { ...done, endMs: Number.POSITIVE_INFINITY },
    { ...done, endMs: -1 },
    { ...done, endMs: 9 },
    { ...done, top: 'five' },
    { ...done, top: [...top, ...top, ...top] },
    { ...done, top: [{ index: -1, logit: 0 }] },
    { ...done, top: [{ index: 1, logit: null }] },
    { ...done, top: [null] },
  ];
  for (const message of rubbish) assert.equal(parseFromUnit(message), null, JSON.stringify(message));
});
