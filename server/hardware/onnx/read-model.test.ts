import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModel } from './read-model.ts';
import { modelWithExternalData, tinyModel } from './tiny-model.ts';

const refusal = (bytes: Uint8Array): string => {
  const read = readModel(bytes);
  return read.ok ? 'it was taken' : read.error;
};

test('a small network is read: its weights counted, its picture and classes known', () => {
  assert.deepEqual(readModel(tinyModel()), {
    ok: true,
    value: {
      ...{ parameters: 16, weights: 'fp32', height: 8, width: 8, classes: 4 },
      inputs: [{ name: 'input', type: 'float32', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'logits', type: 'float32', shape: [1, 4] }],
    },
  });
});

test('weights in another file are refused, at the top and hidden in a subgraph', () => {
  assert.match(refusal(modelWithExternalData()), /another file \(external data\)/);
  assert.match(refusal(modelWithExternalData({ inside: true })), /another file \(external data\)/);
});

test('a file that is no ONNX file is refused in one sentence', () => {
  const others = [
    new Uint8Array(),
    Buffer.from('hello, world'),
    Buffer.from('PK\u0003\u0004zip'),
    Buffer.alloc(4096, 0xff),
  ];
  for (const bytes of others) assert.match(refusal(bytes), /^this is not a whole ONNX file/);
});

test('a file that is cut short anywhere is refused', () => {
  const whole = tinyModel();
  for (let length = 0; length < whole.length; length++) {
    const read = readModel(whole.subarray(0, length));
    assert.equal(read.ok, false, `${length} of ${whole.length} bytes were taken`);
  }
});

test('inputs and outputs that no picture fits are refused with what they are', () => {
  assert.match(
    refusal(tinyModel({ input: [1, 8, 8, 3] })),
    /float \[1, 3, height, width\]; this one is float \[1, 8, 8, 3\]/,
  );
  assert.match(refusal(tinyModel({ input: [4, 3, 8, 8] })), /this one is float \[4, 3, 8, 8\]/);
  assert.match(refusal(tinyModel({ input: [1, 3, 4000, 4000] })), /4000 × 4000; 1024 × 1024 is the most/);
  assert.match(
    refusal(tinyModel({ outputShape: [1, 2, 2] })),
    /output has to be float \[1, classes\]; this one is float \[1, 2, 2\]/,
  );
});

test('a thousand damaged files are read or refused, and none brings the reader down', () => {
  const whole = tinyModel();
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < 1000; i++) {
    const bytes = Buffer.from(whole);
    for (let j = 0; j <= i % 4; j++) bytes[random(bytes.length)] = random(256);
    const read = readModel(bytes);
    if (!read.ok) assert.ok(read.error.length > 10 && !read.error.includes('\n'));
  }
});
