import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topFive } from '../computing/top-five.ts';
import { type Blueprint, draw } from '../networks/blueprint.ts';
import { mobilenetV2 } from '../networks/mobilenet.ts';
import { openSession, tensorOf } from '../onnx/session.ts';
import { bytesOf } from '../onnx/tiny-model.ts';
import { writeOnnx } from '../onnx/write.ts';
import { channelsLast } from './channels-last.ts';
import { openTflite } from './library.ts';
import { tflitePlaces } from './places.ts';
import { openTfliteSession } from './session.ts';
import { writeTflite } from './write.ts';

// With the genuine library, as an npm package carries it, against ONNX Runtime with the same weights.

const library = () => openTflite(tflitePlaces(null));

test('a library that is nowhere is a sentence with what the loader said of each place', () => {
  assert.throws(() => openTflite([]), /no TensorFlow Lite C library was found: no place to look was named/);
  assert.throws(() => openTflite(['/nowhere/a.so', '/nowhere/b.so']), /nowhere\/a\.so.*nowhere\/b\.so/s);
});

/** Everything that our networks are made of, in small: padding that is not "same", a shortcut, both activations, depthwise. */
function small(): Blueprint {
  const net = draw('Small', 32, 7);
  const normal = (x: number, channels: number) => net.batchNorm(x, channels, 1e-5);
  const stem = net.conv(net.picture, { from: 3, to: 8, kernel: 7, stride: 2, pads: [3, 3, 3, 3], bias: true });
  let x = net.maxPool(net.relu(normal(stem, 8)));
  const branch = net.conv(x, { from: 8, to: 8, kernel: 3, stride: 1, pads: [1, 1, 1, 1], groups: 8 });
  x = net.relu(net.add(x, normal(branch, 8)));
  x = net.relu6(normal(net.conv(x, { from: 8, to: 12, kernel: 3, stride: 2, pads: [0, 0, 1, 1] }), 12));
  x = net.add(x, net.conv(x, { from: 12, to: 12, kernel: 1, stride: 1, pads: [0, 0, 0, 0], bias: true }));
  return net.classifier(x, 12, 10);
}

async function compare(blueprint: Blueprint, picture: Float32Array): Promise<{ most: number; tops: number[][] }> {
  const { size } = blueprint;
  const tflite = openTfliteSession(library(), writeTflite(blueprint), 1);
  const onnx = await openSession(bytesOf(writeOnnx(blueprint)), 1);
  assert.deepEqual([tflite.width, tflite.height, tflite.classes], [size, size, blueprint.classes]);
  const ours = (await tflite.run(channelsLast(picture, 1, 3))).logits;
  const { logits: theirs } = await onnx.run(tensorOf(picture, { width: size, height: size }));
  await tflite.release();
  await onnx.release();
  const most = Math.max(...ours.map((logit, i) => Math.abs(logit - theirs[i]!))); // as many classes
  return { most, tops: [ours, theirs].map((logits) => topFive(logits).map(({ index }) => index)) };
}

const pattern = (size: number): Float32Array =>
  Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i * 0.7));

for (const [name, blueprint] of [
  ['a small network with every layer there is', small()],
  ['MobileNetV2', mobilenetV2(1)],
] as const)
  test(`${name} answers the same logits through TensorFlow Lite and through ONNX Runtime`, async () => {
    const { most, tops } = await compare(blueprint, pattern(blueprint.size));
    assert.ok(most < 1e-5, `they differ by ${most}`);
    assert.deepEqual(tops[0], tops[1]);
  });

test('what is not a model is refused with the name of the call', () => {
  assert.match(library().version(), /^2\./);
  assert.throws(
    () => openTfliteSession(library(), Buffer.from('not a model, whatever it is called'), 1),
    /TfLiteModelCreate: this is not a TensorFlow Lite model/,
  );
});
