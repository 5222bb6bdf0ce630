import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobId, ModelId } from '../hardware/unit.ts';
import { createQueue } from './queue.ts';

const [a, b] = ['a', 'b'] as ModelId[] as [ModelId, ModelId];
const job = (id: number, model: ModelId, attempt = 1) => ({
  id: id as JobId,
  model,
  arrivalMs: id,
  input: 0,
  attempt,
  deadlineMs: Number.POSITIVE_INFINITY,
  priority: 0,
});

test('the queue shows the oldest job of each model, oldest first', () => {
  const queue = createQueue([a, b]);
  for (const j of [job(0, b), job(1, a), job(2, b)]) queue.push(j);
  assert.deepEqual(
    queue.heads().map((j) => j.id),
    [0, 1],
  );
  assert.equal(queue.take(b)?.id, 0);
  assert.deepEqual(
    queue.heads().map((j) => j.id),
    [1, 2],
  );
  assert.equal(queue.waiting(b), 1);
  assert.deepEqual(
    [...queue].map((j) => j.id),
    [1, 2],
  );
});

test('a job that comes back is older than all that came after it', () => {
  const queue = createQueue([a]);
  for (let id = 0; id < 5; id++) queue.push(job(id, a));
  queue.take(a);
  queue.take(a);
  queue.giveBack(job(1, a, 2));
  assert.deepEqual(
    [...queue].map((j) => [j.id, j.attempt]),
    [
      [1, 2],
      [2, 1],
      [3, 1],
      [4, 1],
    ],
  );
});

test('a job that was taken from the head is gone until it comes back, however evenly the ids lie', () => {
  const queue = createQueue([a]);
  for (let id = 0; id < 10; id++) queue.push(job(id, a));
  for (let id = 0; id < 4; id++) queue.take(a);
  queue.giveBack(job(2, a, 2));
  assert.deepEqual(
    Array.from({ length: 12 }, (_, id) => queue.has(a, id as JobId)),
    [false, false, true, false, true, true, true, true, true, true, false, false],
  );
  assert.equal(queue.take(a, 3 as JobId), undefined);
  assert.equal(queue.take(a, 2 as JobId)?.attempt, 2);
});

test('ten thousand jobs go through in order while the line is compacted', () => {
  const queue = createQueue([a, b]);
  for (let id = 0; id < 10_000; id++) queue.push(job(id, id % 3 === 0 ? a : b));
  let last = -1;
  for (let taken = queue.take(a); taken; taken = queue.take(a)) {
    assert.ok(taken.id > last);
    last = taken.id;
  }
  assert.equal(queue.size, 6666);
  assert.equal(queue.head(b)?.id, 1);
});

test('a job is taken from the middle, once, and comes back to its place', () => {
  const queue = createQueue([a, b]);
  for (let id = 0; id < 6; id++) queue.push(job(id, a));
  const ids = () => [...queue].map((j) => j.id as number);
  assert.equal(queue.take(a, 3 as JobId)?.id, 3);
  assert.equal(queue.take(a, 3 as JobId), undefined);
  assert.equal(queue.take(b, 1 as JobId), undefined);
  assert.equal(queue.has(a, 3 as JobId), false);
  assert.equal(queue.take(a, 1 as JobId)?.id, 1);
  assert.deepEqual([ids(), queue.size, queue.waiting(a)], [[0, 2, 4, 5], 4, 4]);
  assert.equal(queue.take(a)?.id, 0);
  assert.equal(queue.head(a)?.id, 2, 'the head is never a job that is gone');
  queue.giveBack(job(3, a, 2));
  queue.giveBack(job(1, a, 2));
  assert.deepEqual(ids(), [1, 2, 3, 4, 5]);
  assert.equal(queue.take(a, 3 as JobId)?.attempt, 2);
});

test('whatever is taken from wherever: a job is in the queue exactly until it is taken', () => {
  const queue = createQueue([a]);
  const waiting = new Set<number>();
  let state = 7;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  for (let id = 0; id < 5000; id++) {
    queue.push(job(id, a));
    waiting.add(id);
    while (waiting.size > 40 || random() < 0.4) {
      const some = [...waiting];
      const one = some[Math.floor(random() * some.length)];
      if (one === undefined) break;
      assert.equal(queue.take(a, one as JobId)?.id, one);
      waiting.delete(one);
      if (random() < 0.1) {
        queue.giveBack(job(one, a, 2));
        waiting.add(one);
      }
    }
    assert.equal(
      queue.head(a)?.id,
      Math.min(...waiting) === Number.POSITIVE_INFINITY ? undefined : Math.min(...waiting),
    );
    assert.equal(queue.waiting(a), waiting.size);
  }
});

test('the nth of a model counts what waits, not what was taken from the middle', () => {
  const queue = createQueue([a, b]);
  for (const j of [job(0, a), job(1, b), job(2, a), job(3, a), job(4, a)]) queue.push(j);
  queue.take(a, 2 as JobId);
  assert.deepEqual(
    [0, 1, 2, 3].map((older) => queue.nth(a, older)?.id),
    [0, 3, 4, undefined],
  );
  queue.giveBack(job(2, a, 2));
  assert.equal(queue.nth(a, 1)?.attempt, 2);
});
