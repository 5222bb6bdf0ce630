import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeFrame, encodeFrame } from './frame.ts';

test('whatever JSON can say comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      assert.deepEqual(decodeFrame(encodeFrame(plain)), plain);
    }),
    { numRuns: 500 },
  );
});

test('every number comes back to the last bit, and what is not given is left out', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      assert.ok(Object.is(decodeFrame(encodeFrame(value)), value), `${value}`);
    }),
  );
  for (const value of [0, -0, 127, 128, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, -1, Number.NaN, 0.1])
    assert.ok(Object.is(decodeFrame(encodeFrame(value)), value), `${value}`);
  assert.deepEqual(decodeFrame(encodeFrame({ a: 1, b: undefined })), { a: 1 });
});

test('bytes that are no frame are refused, wherever they are cut', () => {
  const frame = encodeFrame({
    units: [
      { id: 'tinker.cpu', jobs: 300 },
      { id: 'tinker.npu', jobs: 0.5 },
    ],
  });
  for (let length = 0; length < frame.length; length++)
    assert.throws(() => decodeFrame(frame.subarray(0, length)), /frame|bounds/i, `cut at ${length}`);
  assert.throws(() => decodeFrame(Uint8Array.of(...frame, 0)), /more bytes/);
  assert.throws(() => decodeFrame(Uint8Array.of(9)), /kind 9/);
});

test('a word is said once', () => {
  const unit = { id: 'tinker.coral', status: 'running', model: 'mobilenet_v2', resident: ['mobilenet_v2'] };
  const [one, five] = [encodeFrame([unit]), encodeFrame([unit, unit, unit, unit, unit])];
  assert.ok(five.length < one.length * 2.5, `${five.length} bytes for five, ${one.length} for one`);
});
