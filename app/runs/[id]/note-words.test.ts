import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS_CLEARED } from '../../../server/application/messages.ts';
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
  assert.deepEqual(both('job-failed', 'job 3 failed'), ['Job 3 failed', 'Job 3 failed']);
});
