import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunDetail, RunNote } from '../../../server/panel/wire.ts';
import { marksOf } from './marks.ts';

const units = [{ id: 'cpu' }, { id: 'npu' }] as unknown as RunDetail['units'];
const note = (atMs: number, kind: RunNote['kind'], text = '', unit = 'npu'): RunNote => ({ atMs, kind, unit, text });
const drawn = (notes: RunNote[]) =>
  marksOf(notes, units).map(({ kind, unit, fromMs, toMs, factor }) => [
    kind,
    unit,
    fromMs,
    toMs,
    Number(factor.toFixed(2)),
  ]);

test('a unit is away from when it was lost until it is back, and longer where it is not', () => {
  assert.deepEqual(
    drawn([note(10, 'unit-lost'), note(15, 'unit-lost'), note(30, 'unit-back'), note(50, 'unit-lost')]),
    [
      ['away', 1, 10, 30, 1],
      ['away', 1, 50, Number.POSITIVE_INFINITY, 1],
    ],
  );
});

test('a unit is slow from the note that says so until the one that takes it back; factors multiply', () => {
  const takes = (factor: number, whose = 'it') => `${whose} takes ${factor} times as long as before`;
  assert.deepEqual(
    drawn([note(10, 'drift', takes(2)), note(20, 'drift', takes(1.5)), note(40, 'drift', takes(0.33))]),
    [
      ['slow', 1, 10, 20, 2],
      ['slow', 1, 20, 40, 3],
    ],
  );
  assert.deepEqual(drawn([note(10, 'drift', takes(0.5)), note(20, 'drift', takes(2, 'resnet50'))]), [
    ['slow', 1, 20, Number.POSITIVE_INFINITY, 2],
  ]);
});

test('a fault is a moment on its own lane, and other notes are not drawn', () => {
  const notes = [note(5, 'fault', 'crash', 'cpu'), note(6, 'job-failed'), note(7, 'info'), note(8, 'fault', 'hang')];
  assert.deepEqual(drawn(notes), [
    ['fault', 0, 5, 5, 1],
    ['fault', 1, 8, 8, 1],
  ]);
});

test('heat that holds all units back is one stretch across their lanes, deeper from where it became worse', () => {
  const held = (atMs: number, text: string) => ({ atMs, kind: 'throttled' as const, unit: null, text });
  const notes = [
    held(10, 'its clock is held at 80 % at 86.2 °C (soc-thermal)'),
    held(20, 'its clock is held at 60 % at 91 °C (soc-thermal)'),
    { atMs: 40, kind: 'unthrottled' as const, unit: null, text: 'nothing holds its clock any more' },
    held(50, 'its clock is held at 100 %'),
  ];
  assert.deepEqual(drawn(notes), [
    ['throttled', null, 10, 20, 0.8],
    ['throttled', null, 20, 40, 0.6],
    ['throttled', null, 50, Number.POSITIVE_INFINITY, 1],
  ]);
});
