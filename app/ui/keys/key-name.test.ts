import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSingle, keyName, type Press } from './key-name.ts';

const press = (key: string, over: Partial<Press> = {}): Press => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...over,
});

test('a letter has one name, whatever script the keyboard is switched to', () => {
  assert.equal(keyName(press('n', { code: 'KeyN' })), 'n');
  assert.equal(keyName(press('ㅜ', { code: 'KeyN' })), 'n');
  assert.equal(keyName(press('Process', { code: 'KeyN' })), 'n');
  assert.equal(keyName(press('N', { code: 'KeyN' })), 'n', 'caps lock');
  assert.equal(keyName(press('a', { code: 'KeyQ' })), 'a', 'on a French keyboard the letter counts, not the place');
});

test('a letter with Shift or Alt is another key', () => {
  assert.equal(keyName(press('N', { code: 'KeyN', shiftKey: true })), null);
  assert.equal(keyName(press('n', { code: 'KeyN', altKey: true })), null);
  assert.equal(keyName(press('?', { code: 'Slash', shiftKey: true })), '?');
});

test('Ctrl and ⌘ are the same modifier', () => {
  assert.equal(keyName(press('k', { code: 'KeyK', ctrlKey: true })), 'Mod+k');
  assert.equal(keyName(press('ㅏ', { code: 'KeyK', metaKey: true })), 'Mod+k');
  assert.deepEqual(['n', '?', 'Escape', 'Mod+k'].map(isSingle), [true, true, false, false]);
});
