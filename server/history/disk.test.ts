import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf } from './disk.ts';

const MB = 1024 * 1024;
const GB = 1024 * MB;

test('a disk is full where no new run may begin, and low before that', () => {
  const level = (free: number, total: number) => levelOf(free, total);
  assert.equal(level(199 * MB, 1 * GB), 'full');
  assert.equal(level(399 * MB, 1 * GB), 'low');
  assert.equal(level(500 * MB, 1 * GB), 'well', 'a small disk that is half free');
  assert.equal(level(1.9 * GB, 32 * GB), 'full');
  assert.equal(level(3.9 * GB, 32 * GB), 'low');
  assert.equal(level(4.1 * GB, 32 * GB), 'well');
  assert.equal(level(3.9 * GB, 16 * GB), 'well', 'a fifth of the disk is enough');
});
