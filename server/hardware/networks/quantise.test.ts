import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pictureTensor } from '../computing/picture.ts';
import type { Session } from '../computing/runtime.ts';
import { topFive } from '../computing/top-five.ts';
import { sha256OfMessage, writeNetwork } from '../onnx/network-cache.ts';
import { filesOf, kindOf, NETWORKS } from '../onnx/networks.ts';
import { readModel } from '../onnx/read-model.ts';
import { openSession, tensorOf } from '../onnx/session.ts';
import { bytesOf } from '../onnx/tiny-model.ts';
import { channelsLast } from '../tflite/channels-last.ts';
import { openTflite } from '../tflite/library.ts';
import { tflitePlaces } from '../tflite/places.ts';
import { readTflite } from '../tflite/read-model.ts';
import { openTfliteSession } from '../tflite/session.ts';
import type { Op } from './lower.ts';
import { quantise } from './quantise.ts';

const samples = fileURLToPath(new URL('../../../public/samples/', import.meta.url));
const pictures = readdirSync(samples).filter((name) => /\.(png|jpg)$/.test(name));
const [mobilenet] = NETWORKS;
assert.ok(mobilenet);

for (const network of NETWORKS)
  for (const file of filesOf(network).slice(1))
    test(`${network.name} as ${kindOf(file)} is the file that its digest names, and holds as many weights as it says`, () => {
      const written = writeNetwork(network, file);
      assert.deepEqual([written.bytes, sha256OfMessage(written)], [file.bytes, file.sha256]);
      const bytes = Buffer.concat(written.pieces);
      const facts = file.format === 'onnx' ? readModel(bytes) : readTflite(bytes);
      assert.ok(facts.ok, facts.ok ? '' : facts.error);
      const { parameters, weights, classes, height, width } = facts.value;
      assert.deepEqual(
        [parameters, weights, classes, height, width],
        [file.parameters, file.precision, network.classes, 224, 224],
      );
    });

const answers = async <P>(session: Session<P>, of: (planes: Float32Array) => P): Promise<Float32Array[]> => {
  const logits: Float32Array[] = [];
  for (const name of pictures) logits.push((await session.run(of(await pictureTensor(samples + name)))).logits.slice());
  await session.release();
  return logits;
};

/** ONNX Runtime on an x86 without VNNI adds products of INT8 in 16 bits, which overflow now and then. */
const sumsWholly = () => process.arch !== 'x64' || /\bavx(512)?_vnni\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));

test('MobileNetV2 in INT8 names the class that it names in FP32, on nearly all sample pictures, in both formats', async () => {
  const file = (format: 'onnx' | 'tflite', precision: 'fp32' | 'int8') =>
    bytesOf(writeNetwork(mobilenet, { format, precision }) as Parameters<typeof bytesOf>[0]);
  const onnx = async (precision: 'fp32' | 'int8') => {
    const session = await openSession(file('onnx', precision), 1);
    return answers(session, (planes) => tensorOf(planes, session));
  };
  const library = openTflite(tflitePlaces(null));
  const lite = openTfliteSession(library, file('tflite', 'int8'), 1);
  const [exact, whole] = [await onnx('fp32'), await onnx('int8')];
  const wholeLite = await answers(lite, (planes) => channelsLast(planes, 1, 3));
  const best = (logits: Float32Array) => topFive(logits)[0]?.index;
  const same = (others: Float32Array[]) =>
    others.filter((logits, i) => best(logits) === best(exact[i] ?? logits)).length;
  assert.ok(same(whole) >= pictures.length - 1, `ONNX: ${same(whole)} of ${pictures.length}`);
  assert.ok(same(wholeLite) >= pictures.length - 1, `TensorFlow Lite: ${same(wholeLite)} of ${pictures.length}`);
  const furthest = Math.max(
    ...whole.flatMap((logits, i) => [...logits].map((x, c) => Math.abs(x - (exact[i]?.[c] ?? 0)))),
  );
  assert.ok(furthest > 0 && furthest < (sumsWholly() ? 0.1 : 1), `logits are up to ${furthest} off`);
});

test('each output channel has a scale of its own, whichever way its weights lie', () => {
  const common = { x: 0, kernel: 1, stride: 1, same: true, activation: 'none' as const };
  const shape = [1, 1, 2] as const;
  const conv: Op = {
    kind: 'conv',
    ...common,
    shape,
    weight: Float32Array.of(1, 2, 100, 50),
    bias: Float32Array.of(1, 1),
  };
  const depthwise: Op = { ...conv, kind: 'depthwise', x: 1, weight: Float32Array.of(1, 100, 2, 50) };
  const { weights, values } = quantise([conv, depthwise], [-1, 1, -2, 2, -2, 2]);
  assert.deepEqual([...(weights[0]?.values ?? [])], [64, 127, 127, 64]);
  assert.deepEqual([...(weights[1]?.values ?? [])], [64, 127, 127, 64]);
  assert.deepEqual(weights[0]?.scales, [Math.fround(2 / 127), Math.fround(100 / 127)]);
  const inputScale = values[0]?.scale ?? 0;
  assert.equal(weights[0]?.bias[0], Math.round(1 / Math.fround(Math.fround(2 / 127) * inputScale)));
});

test('zero is a whole number in every range, and padding keeps the scale of what it pads', () => {
  const pad: Op = { kind: 'pad', x: 0, pads: [1, 1, 1, 1], shape: [3, 3, 1] };
  const { values } = quantise([pad], [2, 5, 0, 0]);
  assert.deepEqual(values[0], { scale: Math.fround(5 / 255), zero: -128 });
  assert.equal(values[1], values[0]);
  assert.throws(() => quantise([pad], [0, 1]), /1 operators need 4 ends of ranges, and 2 are known/);
});
