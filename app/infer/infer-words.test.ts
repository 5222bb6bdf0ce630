import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INFER_WORDS } from './infer-words.ts';

test('the page of one inference says everything in Korean as well', () => {
  const { en, ko } = INFER_WORDS;
  assert.deepEqual(Object.keys(ko).sort(), Object.keys(en).sort());
  const names = new Set<string>(['curl', 'Python']); // the same in every language
  const said = Object.entries(en).filter(([, each]) => typeof each === 'string' && !names.has(each as string));
  const same = said.filter(([key, each]) => ko[key as keyof typeof ko] === each);
  assert.deepEqual(same, []);
});
