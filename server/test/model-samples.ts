import type { Format } from '../hardware/artefact.ts';
import { TINY_RANGES, tinyNetwork } from '../hardware/networks/tiny.ts';
import { bytesOf, tinyModel } from '../hardware/onnx/tiny-model.ts';
import { writeOnnx } from '../hardware/onnx/write.ts';
import { writeOnnxInt8 } from '../hardware/onnx/write-lowered.ts';
import { TENSOR, tfliteFile } from '../hardware/tflite/model-file.ts';
import { writeTflite } from '../hardware/tflite/write.ts';

/** Whole files of each format, as small as they come. */
export const sampleFiles = (): Readonly<Record<Format, readonly Uint8Array[]>> => ({
  onnx: [tinyModel(), bytesOf(writeOnnx(tinyNetwork())), bytesOf(writeOnnxInt8(tinyNetwork(), TINY_RANGES))],
  tflite: [writeTflite(tinyNetwork()), writeTflite(tinyNetwork(), TINY_RANGES)],
  edgetpu: [edgeTpuFile()],
  rknn: [Buffer.concat([Buffer.from('RKNN'), Buffer.alloc(1020, 7)])],
  blob: [blobFile()],
  graph: [Buffer.alloc(1024, 9)],
});

/** Of what the compiler makes of a network: one operator that only the device knows. */
export function edgeTpuFile(classes = 4): Uint8Array {
  const quantization = { scales: [0.1], zero: 0, axis: 0 };
  const value = (name: string, shape: number[]) => ({ name, shape, data: null, type: TENSOR.int8, quantization });
  const tensors = [value('input', [1, 8, 8, 3]), value('logits', [1, classes])];
  const operator = { code: 32, options: 0, version: 1, custom: 'edgetpu-custom-op', inputs: [0], output: 1 };
  return tfliteFile('compiled', tensors, [{ ...operator, write: () => 0 }]);
}

function blobFile(): Uint8Array {
  const bytes = Buffer.alloc(1024, 5);
  bytes.writeUInt32LE(9709, 52);
  return bytes;
}
