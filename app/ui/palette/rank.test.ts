import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rank } from './rank.ts';

const items = [
  { name: 'Board', words: '' },
  { name: 'New experiment' },
  { name: 'Experiments', words: '실험' },
  { name: '#12 sjf · Night', words: 'done' },
  { name: '#1 fcfs · Night', words: 'done' },
];
const names = (text: string) => rank(items, text).map(({ name }) => name);

test('nothing asked: everything, as it came', () => {
  assert.deepEqual(
    names('  '),
    items.map(({ name }) => name),
  );
});

test('a beginning counts more than a middle, a name more than what it is also called', () => {
  assert.deepEqual(names('exp'), ['Experiments', 'New experiment']);
  assert.deepEqual(names('done'), ['#12 sjf · Night', '#1 fcfs · Night']);
  assert.deepEqual(names('#1'), ['#12 sjf · Night', '#1 fcfs · Night']);
});

test('every word must fit, in any order and any case', () => {
  assert.deepEqual(names('night SJF'), ['#12 sjf · Night']);
  assert.deepEqual(names('night sjf board'), []);
});

test('Korean is found as it is typed, composed or not', () => {
  assert.deepEqual(names('실험'), ['Experiments']);
  assert.deepEqual(names('실험'.normalize('NFD')), ['Experiments']);
});

test('the first letters of its words find a name', () => {
  const shortcuts = [{ name: 'Keyboard shortcuts' }];
  assert.equal(rank(shortcuts, 'ks').length, 1);
  assert.equal(rank(shortcuts, 'kc').length, 0);
});
