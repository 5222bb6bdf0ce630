import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS_CLEARED } from '../../../server/application/messages.ts';
import { throttledText } from '../../../server/application/run-conditions.ts';
import { jumpText } from '../../../server/application/wall-clock.ts';
import { en } from '../../ui/words/en.ts';
import { formatsFor } from '../../ui/words/format.ts';
import { ko } from '../../ui/words/ko.ts';
import { noteSentence } from './note-words.ts';

test('a drift, a fault and a return are said in the reader’s language, anything else as the board said it', () => {
  const both = (kind: 'drift' | 'fault' | 'unit-back' | 'job-failed' | 'info', text: string) => [
    noteSentence({ kind, text }, en, formatsFor('en')),
    noteSentence({ kind, text }, ko, formatsFor('ko')),
  ];
  assert.deepEqual(both('drift', 'it takes 2.83 times as long as before'), [
    'Takes 2.83 times as long as before.',
    '전보다 2.83배 오래 걸립니다.',
  ]);
  assert.deepEqual(both('drift', 'it takes 0.50 times as long as before'), [
    '2.00 times faster than before.',
    '전보다 2.00배 빨라졌습니다.',
  ]);
  assert.equal(
    both('drift', 'resnet50, resnet101 takes 1.50 times as long as before')[1],
    'resnet50, resnet101: 전보다 1.50배 오래 걸립니다.',
  );
  assert.deepEqual(both('fault', 'leave'), [en.board.fault.leave, ko.board.fault.leave]);
  assert.deepEqual(both('info', FAULTS_CLEARED), [en.board.faultsSet.cleared, ko.board.faultsSet.cleared]);
  assert.deepEqual(both('info', jumpText(-3_600_000)), [en.run.clockBack('3,600'), ko.run.clockBack('3,600')]);
  assert.deepEqual(both('job-failed', 'job 3 failed'), ['Job 3 failed', 'Job 3 failed']);
});

test('how far heat holds the clock down, and where it is too hot, is said in the reader’s language', () => {
  const both = (share: number, temperatureC: number | null) => {
    const text = throttledText({ share, temperatureC, zone: temperatureC === null ? null : 'soc-thermal' });
    return [
      noteSentence({ kind: 'throttled', text }, en, formatsFor('en')),
      noteSentence({ kind: 'throttled', text }, ko, formatsFor('ko')),
    ];
  };
  assert.deepEqual(both(0.67, 86.2), [
    'The clock is held at 67 % · 86.2 °C (soc-thermal)',
    '클록이 67 %로 제한됨 · 86.2 °C (soc-thermal)',
  ]);
  assert.deepEqual(both(1, null), [en.toasts.throttled, ko.toasts.throttled]);
});
