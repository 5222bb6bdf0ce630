import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_WORDS } from './access-words.ts';

const sentencesOf = (words: object, path = ''): [string, unknown][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? sentencesOf(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  );

test('what is said of people, tokens and the network is said in Korean as well', () => {
  const korean = new Map(sentencesOf(ACCESS_WORDS.ko));
  const shared = sentencesOf(ACCESS_WORDS.en).filter(([path, value]) => korean.get(path) === value);
  assert.deepEqual(shared, []);
  assert.equal(korean.size, sentencesOf(ACCESS_WORDS.en).length);
});

test('one of something is not said to be several', () => {
  const { people } = ACCESS_WORDS.en;
  assert.equal(people.tokens(1, '1'), '1 token');
  assert.equal(people.tokens(2, '2'), '2 tokens');
  assert.equal(people.signedIn(1, '1', 'now'), '1 session, seen now');
});
