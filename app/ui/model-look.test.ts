import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lettersOf, looksOf } from './model-look.ts';

test('the poster’s models are told apart by what researchers call them', () => {
  assert.deepEqual(lettersOf(['mobilenet_v2', 'resnet50', 'resnet101']), ['M2', 'R50', 'R101']);
});

test('names that would be called the same get plain letters', () => {
  assert.deepEqual(lettersOf(['alpha', 'average']), ['A', 'B']);
});

test('no two of the most that a run may have look the same', () => {
  const models = Array.from({ length: 32 }, (_, i) => `net-${String.fromCharCode(97 + i)}x`);
  const looks = looksOf(models).map(({ colour, hatch, letter }) => `${colour} ${hatch} ${letter}`);
  assert.equal(new Set(looks).size, 32);
  const drawn = looksOf(models).map(({ colour, hatch }) => `${colour} ${hatch}`);
  assert.equal(new Set(drawn).size, 32);
});
