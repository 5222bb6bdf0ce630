import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../ui/words/en.ts';
import { formatsFor } from '../ui/words/format.ts';
import { ko } from '../ui/words/ko.ts';
import { eventText } from './event-words.ts';

const say = (kind: Parameters<typeof eventText>[0]['kind'], text: string, w = en) =>
  eventText({ kind, text }, w, formatsFor('en'));

test('each event is said in words, whatever it was kept as', () => {
  assert.equal(say('lost', 'its process was ended by SIGSEGV'), 'Its process was ended by SIGSEGV');
  assert.equal(say('drift', '1.5'), '1.50× slower');
  assert.equal(say('drift', '0.5'), '2.00× faster');
  assert.equal(say('fault', 'crash'), 'Crash');
  assert.equal(say('fault', 'slow 2.5'), 'Slow down: ×2.5');
  assert.equal(say('options', '2 0,1'), '2 threads, cores 0,1');
  assert.equal(say('options', '1 all'), '1 thread, all cores');
  assert.equal(say('excluded', 'USB 2.0'), '“USB 2.0”');
  assert.equal(say('back', ''), '');
  assert.equal(say('options', '2 all', ko), '스레드 2개, 모든 코어');
});

test('what a later version kept is shown as it stands', () => {
  assert.equal(say('drift', 'who knows'), 'Who knows');
  assert.equal(say('fault', 'melt'), 'Melt');
});
