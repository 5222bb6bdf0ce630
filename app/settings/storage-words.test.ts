import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STORAGE_WORDS } from './storage-words.ts';

test('what is said of backups and of what stays is said in Korean as well', () => {
  const { en, ko } = STORAGE_WORDS;
  assert.deepEqual(Object.keys(ko.backup).sort(), Object.keys(en.backup).sort());
  assert.deepEqual(Object.keys(ko.retention).sort(), Object.keys(en.retention).sort());
  const sentences = (words: object) => Object.values(words).filter((each) => typeof each === 'string');
  const korean = new Set([...sentences(ko.backup), ...sentences(ko.retention)]);
  assert.deepEqual(
    [...sentences(en.backup), ...sentences(en.retention)].filter((each) => korean.has(each)),
    [],
  );
});
