import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellAfterMs } from './pace.ts';

test('a few are told twenty times a second, a crowd less often, and nobody less than five times', () => {
  assert.deepEqual([0, 1, 64, 65, 128, 200, 500].map(tellAfterMs), [50, 50, 50, 100, 100, 200, 200]);
});
