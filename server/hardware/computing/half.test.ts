import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floatsOf, halvesOf } from './half.ts';

test('every half there is survives the way to a float and back', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const back = halvesOf(floatsOf(all));
  const isNone = (half: number) => (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
  for (const half of all) assert.equal(back[half], isNone(half) ? 0x7e00 : half);
});

test('what lies between two halves goes to the nearer one, from the middle to the even one', () => {
  const cases: [number, number][] = [
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1 + 2 ** -11 + 2 ** -20, 0x3c01],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2],
    [2 ** -14 - 2 ** -26, 0x0400],
    [-0, 0x8000],
  ];
  for (const [value, half] of cases) assert.equal(halvesOf(Float32Array.of(value))[0], half, `${value}`);
});
