import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowness } from './drift.ts';

test('a window holds from its first moment to before its last; windows that overlap multiply', () => {
  const at = slowness(
    [
      { unit: 'u', fromMs: 10, toMs: 20, factor: 2 },
      { unit: 'u', fromMs: 15, toMs: null, factor: 3 },
      { unit: 'v', fromMs: 0, toMs: null, factor: 9 },
    ],
    'u',
  );
  assert.deepEqual([0, 10, 15, 20, 1e9].map(at), [1, 2, 6, 3, 3]);
});
