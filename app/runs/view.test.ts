import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFiltered, queryOf, viewOf } from './view.ts';

const through = (query: string) => queryOf(viewOf(new URLSearchParams(query)));

test('a view that is sent to somebody shows them the same', () => {
  const query = 'q=poster&policy=sjf&status=done&source=simulated&experiment=3&sort=p99Ms&order=asc';
  assert.equal(through(query), query);
});

test('the plain list has a plain address, and what is not known is left out', () => {
  assert.equal(through(''), '');
  assert.equal(through('sort=password&order=up&status=odd&source=moon&experiment=x'), '');
});

test('sorting is no filter', () => {
  assert.equal(isFiltered(viewOf(new URLSearchParams('sort=p99Ms'))), false);
  assert.equal(isFiltered(viewOf(new URLSearchParams('q=x'))), true);
});
