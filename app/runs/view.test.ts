import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridOf, readColumns, USUAL } from './columns.ts';
import { oneValue, withTag, withValue } from './search-text.ts';
import { suggest } from './suggest.ts';
import { askedOf, isFiltered, queryOf, viewOf } from './view.ts';

const through = (query: string) => queryOf(viewOf(new URLSearchParams(query)));

test('a view that is sent to somebody shows them the same, and its address can be read', () => {
  const query = 'q=policy:sjf,fcfs+-tag:paper+poster&sort=p99Ms&order=asc&cols=id,name,tags';
  assert.equal(through(query), query);
  for (const q of ['name:"a b & c=d"', '한글 tag:논문', '100% #3 +1', 'rate>30 p99<=2s'])
    assert.equal(viewOf(new URLSearchParams(queryOf({ q, sort: 'id', order: 'desc', columns: null }))).q, q);
});

test('the plain list has a plain address, and what is not known is left out', () => {
  assert.equal(through(''), '');
  assert.equal(through('sort=password&order=up&cols=odd&experiment=%22'), '');
});

test('an address from before searches says the same as a search', () => {
  assert.equal(through('policy=sjf&status=done&q=poster'), 'q=poster+policy:sjf+status:done');
});

test('columns are shown, not asked for; sorting is no filter', () => {
  assert.equal(askedOf(viewOf(new URLSearchParams('q=x&cols=id,name,note'))), 'q=x');
  assert.equal(isFiltered(viewOf(new URLSearchParams('sort=p99Ms'))), false);
  assert.equal(isFiltered(viewOf(new URLSearchParams('q=x'))), true);
});

test('columns keep the order of the table, and number and name always stay', () => {
  assert.deepEqual(readColumns('tags,policy'), ['id', 'name', 'policy', 'tags']);
  assert.equal(readColumns('odd'), null);
  assert.equal(gridOf(USUAL).template.split(' ').length, USUAL.length + 1);
});

test('a choice from a list becomes part of the search and leaves the rest as it was', () => {
  assert.equal(
    withValue('poster policy:fcfs "a  b" -policy:mct', 'policy', 'sjf'),
    'poster "a  b" -policy:mct policy:sjf',
  );
  assert.equal(withValue('policy:fcfs', 'policy', ''), '');
  assert.equal(withValue('x', 'name', 'a "b"'), 'x name:"a \\"b\\""');
  assert.deepEqual(
    ['policy:sjf x', 'policy:sjf,fcfs', '-policy:sjf', 'policy:'].map((text) => oneValue(text, 'policy')),
    ['sjf', '', '', ''],
  );
  assert.equal(withTag('tag:paper', 'final'), 'tag:paper tag:final');
  assert.equal(withTag('tag:paper', 'paper'), 'tag:paper');
});

test('while somebody types, filters are suggested, then their values', () => {
  const values = {
    ...{ policy: ['fcfs', 'sjf'], model: ['resnet50'], unit: [], board: [], workload: [] },
    ...{ by: [], tag: ['final', 'paper'] },
  };
  const options = (text: string) => suggest(text, text.length, values).options;
  assert.deepEqual(options('pol'), ['policy:']);
  assert.deepEqual(options('x -ta'), ['-tag:']);
  assert.deepEqual(options('rat'), ['rate>']);
  assert.deepEqual(options('policy:s'), ['policy:sjf', 'policy:fcfs']);
  assert.deepEqual(options('tag:paper,f'), ['tag:paper,final']);
  assert.deepEqual(options('status:do'), ['status:done']);
  assert.deepEqual([options(''), options('"pol'), options('zz:')], [[], [], []]);
  const unfinished = (text: string) => suggest(text, text.length, values).unfinished;
  assert.deepEqual(['policy:s', 'policy:', 'policy:sjf', 'policy:x', 'pol', 'poster'].map(unfinished), [
    ...[true, true, false, false, false, false],
  ]);
  const middle = suggest('pol x', 3, values);
  assert.deepEqual([middle.from, middle.to], [0, 3]);
});
