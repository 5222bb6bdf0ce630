import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../ui/words/en.ts';
import { ko } from '../ui/words/ko.ts';
import { reasonWords } from './reason-words.ts';

test('sentences of the board that we know are said in the reader’s language', () => {
  assert.equal(reasonWords('its process was ended by SIGSEGV', ko), '프로세스가 SIGSEGV 신호로 끝났습니다');
  assert.equal(reasonWords('its process ended with code 3', en), 'Its process ended with code 3');
  assert.equal(reasonWords('job was not answered in time', ko), '제시간에 답하지 않았습니다');
  assert.equal(reasonWords('it was unplugged', ko), '분리되었습니다');
});

test('what a vendor’s library said stands as it was said', () => {
  const said = 'its process ended with code 3 (no device at 1-1.2)';
  assert.equal(reasonWords(said, ko), 'Its process ended with code 3 (no device at 1-1.2)');
  assert.equal(reasonWords('constructor', ko), 'Constructor');
});
