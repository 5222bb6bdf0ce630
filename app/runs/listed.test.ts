import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListedRun } from '../../server/panel/wire.ts';
import { type Listed, withChanged, withHead, withRun } from './listed.ts';

const run = (id: number, over: Partial<ListedRun> = {}) =>
  ({ id, models: ['resnet50'], status: 'done', ...over }) as ListedRun;
const list = (ids: readonly number[], next: string | null = 'x'): Listed => ({
  ...{ query: 'q', rows: ids.map((id) => run(id)), total: 50, next },
});
const idsOf = ({ rows }: Listed) => rows.map(({ id }) => id);

test('a new run at the head leaves what was loaded behind it', () => {
  const old = list([9, 8, 7, 6, 5]);
  const now = withHead(old, { items: [run(10), run(9), run(8)], next: 'h', total: 51 });
  assert.deepEqual([idsOf(now), now.next, now.total], [[10, 9, 8, 7, 6, 5], 'x', 51]);
});

test('a run that has left the head is gone, and none stands twice', () => {
  const now = withHead(list([9, 8, 7, 6, 5]), { items: [run(5), run(9), run(7)], next: 'h', total: 49 });
  assert.deepEqual(idsOf(now), [5, 9, 7, 6]);
});

test('a head that shares nothing with the list begins it afresh, and so does a list of one page', () => {
  assert.deepEqual(idsOf(withHead(list([3, 2, 1]), { items: [run(9), run(8)], next: 'h', total: 9 })), [9, 8]);
  const whole = withHead(list([3, 2, 1], null), { items: [run(3), run(1)], next: null, total: 2 });
  assert.deepEqual([idsOf(whole), whole.next], [[3, 1], null]);
});

test('of runs that were changed those that still fit stay in their place, and the others go', () => {
  const now = withChanged(list([4, 3, 2, 1]), [3, 2, 99], [run(3, { tags: ['paper'] })]);
  assert.deepEqual([idsOf(now), now.total, now.next], [[4, 3, 1], 49, 'x']);
  assert.deepEqual(now.rows[1]?.tags, ['paper']);
});

test('news of a run keep what the list knows of its experiment', () => {
  const [changed] = withRun(list([1]), run(1, { status: 'failed', models: undefined as never })).rows;
  assert.equal(changed?.status, 'failed');
  const { models: _, ...news } = run(1, { status: 'running' });
  assert.deepEqual(withRun(list([1]), news as ListedRun).rows[0]?.models, ['resnet50']);
});
