import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openArmnn } from '../../server/hardware/armnn/library.ts';
import { armnnPlaces } from '../../server/hardware/armnn/places.ts';
import { armnnRuntime } from '../../server/hardware/armnn/runtime.ts';
import { pictureTensor } from '../../server/hardware/computing/picture.ts';
import type { Runtime } from '../../server/hardware/computing/runtime.ts';
import { topFive } from '../../server/hardware/computing/top-five.ts';
import { createDraw } from '../../server/hardware/networks/draw.ts';
import { TINY_RANGES, tinyNetwork } from '../../server/hardware/networks/tiny.ts';
import { writeNetwork } from '../../server/hardware/onnx/network-cache.ts';
import { type FileKind, filesOf, kindOf, NETWORKS, type Network } from '../../server/hardware/onnx/networks.ts';
import { onnxRuntime } from '../../server/hardware/onnx/runtime.ts';
import { writeOnnx } from '../../server/hardware/onnx/write.ts';
import { writeOnnxInt8 } from '../../server/hardware/onnx/write-lowered.ts';
import { openTflite } from '../../server/hardware/tflite/library.ts';
import { tflitePlaces } from '../../server/hardware/tflite/places.ts';
import { tfliteRuntime } from '../../server/hardware/tflite/runtime.ts';
import { writeTflite } from '../../server/hardware/tflite/write.ts';
import { root } from '../../server/test/product.ts';
import { SAMPLES } from './samples.ts';
import { turned } from './turned.ts';

// Whether the same network is the same function in every library and precision. On logits: where softmax has said 1 there is
// nothing left to compare. INT8 is compared on the samples, which its ranges were observed on, and on pictures that they were not.

const SIZE = 224;

export interface Agreement {
  readonly pictures: number;
  /** Pictures with the same likeliest class as ONNX Runtime in FP32. */
  readonly top1: number;
  /** Of the five likeliest classes, the mean share that both name; and pictures with the same five in the same order. */
  readonly top5: number;
  readonly sameOrder: number;
  readonly maxAbsDifference: number;
  /** Of the reference: from its least to its greatest logit, for the difference to be weighed by. */
  readonly logitSpan: number;
}

export async function benchAgreement(): Promise<unknown> {
  const samples = await Promise.all(SAMPLES.map((name) => pictureTensor(join(root, 'public/samples', name))));
  const others = samples.flatMap((planes) => turned(planes, SIZE));
  const result: Record<string, unknown> = { tiny: await tinyAgreement() };
  for (const network of NETWORKS) result[network.id] = await agreementOf(network, { samples, others });
  return result;
}

async function agreementOf(network: Network, pictures: Readonly<Record<string, readonly Float32Array[]>>) {
  const figures: Record<string, Record<string, Agreement>> = {};
  const reference = new Map<string, Float32Array[]>();
  for (const file of filesOf(network)) {
    const kind = kindOf(file);
    console.error(`bench: agreement: ${network.id} ${kind}`);
    const bytes = Buffer.concat(writeNetwork(network, file).pieces);
    const runtime = runtimeOf(kind);
    for (const [name, planes] of Object.entries(pictures)) {
      const logits = await logitsOf(runtime, bytes, planes);
      const expected = reference.get(name);
      if (expected) figures[kind] = { ...figures[kind], [name]: compare(expected, logits) };
      else reference.set(name, logits);
    }
  }
  return figures;
}

const runtimeOf = (kind: FileKind): Runtime<never> =>
  (kind.startsWith('onnx') ? onnxRuntime : tfliteRuntime(openTflite(tflitePlaces(null)))) as Runtime<never>;

/** Of a network of a few hundred weights, on noise: with Arm NN as well, whose reference would take minutes for a large one. */
async function tinyAgreement() {
  const noise = createDraw(5);
  const pictures = Array.from({ length: 64 }, () => noise(3 * 8 * 8, -2, 2));
  const network = tinyNetwork(10);
  const lite = tfliteRuntime(openTflite(tflitePlaces(null))) as Runtime<never>;
  const onnx = onnxRuntime as Runtime<never>;
  const files: [name: string, runtime: Runtime<never>, bytes: Uint8Array][] = [
    ['tflite-fp32', lite, writeTflite(network)],
    ['onnx-int8', onnx, Buffer.concat(writeOnnxInt8(network, TINY_RANGES).pieces)],
    ['tflite-int8', lite, writeTflite(network, TINY_RANGES)],
  ];
  if (armnnPlaces(null).some((place) => existsSync(place))) {
    const reference = armnnRuntime(openArmnn(armnnPlaces(null)), 'CpuRef') as Runtime<never>;
    files.push(['armnn-fp32 (CpuRef, a reference)', reference, writeTflite(network)]);
    files.push(['armnn-int8 (CpuRef, a reference)', reference, writeTflite(network, TINY_RANGES)]);
  }
  const expected = await logitsOf(onnx, Buffer.concat(writeOnnx(network).pieces), pictures);
  const figures: Record<string, Agreement> = {};
  for (const [name, runtime, bytes] of files)
    figures[name] = compare(expected, await logitsOf(runtime, bytes, pictures));
  return figures;
}

export async function logitsOf(
  runtime: Runtime<never>,
  bytes: Uint8Array,
  pictures: readonly Float32Array[],
): Promise<Float32Array[]> {
  const session = await runtime.open(bytes, 1);
  const logits: Float32Array[] = [];
  for (const planes of pictures) {
    const answer = await session.run(runtime.picture(planes, session));
    logits.push(answer.logits.slice());
  }
  await session.release();
  return logits;
}

export function compare(expected: readonly Float32Array[], found: readonly Float32Array[]): Agreement {
  const tops = (logits: Float32Array) => topFive(logits).map(({ index }) => index);
  const pairs = expected.map((logits, i) => ({ a: logits, b: found[i]! })); // as many
  const places = pairs.map(({ a, b }) => [tops(a), tops(b)] as const);
  const count = (is: (a: number[], b: number[]) => boolean) => places.filter(([a, b]) => is(a, b)).length;
  const shared = places.map(([a, b]) => a.filter((index) => b.includes(index)).length / a.length);
  const differences = pairs.map(({ a, b }) => a.reduce((most, logit, c) => Math.max(most, Math.abs(logit - b[c]!)), 0)); // as long
  const span = Math.max(...expected.map((logits) => Math.max(...logits) - Math.min(...logits)));
  return {
    pictures: pairs.length,
    top1: count((a, b) => a[0] === b[0]),
    top5: Number((shared.reduce((sum, share) => sum + share, 0) / shared.length).toFixed(4)),
    sameOrder: count((a, b) => a.join() === b.join()),
    maxAbsDifference: Number(Math.max(...differences).toPrecision(3)),
    logitSpan: Number(span.toPrecision(3)),
  };
}
