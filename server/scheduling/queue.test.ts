import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobId, ModelId } from '../hardware/unit.ts';
import { createQueue } from './queue.ts';

const [a, b] = ['a', 'b'] as ModelId[] as [ModelId, ModelId];
const job = (id: number, model: ModelId, attempt = 1) => ({ id: id as JobId, model, arrivalMs: id, input: 0, attempt });

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
