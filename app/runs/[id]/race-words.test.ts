import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RACE_WORDS } from './race-words.ts';

test('a race is told in Korean as well', () => {
  const { en, ko } = RACE_WORDS;
  assert.deepEqual(Object.keys(ko).sort(), Object.keys(en).sort());
  assert.deepEqual(Object.keys(ko.figures).sort(), Object.keys(en.figures).sort());
  const said = Object.entries(en).filter(([, each]) => typeof each === 'string');
  assert.deepEqual(
    said.filter(([key, each]) => ko[key as keyof typeof ko] === each),
    [],
  );
});
