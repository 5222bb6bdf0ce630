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
  ir: [irFile()],
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

/** OpenVINO's network, named so, with its weights behind it: a dense layer from a picture to the classes. */
export function irFile({ name = 'tiny', size = 8, classes = 4, type = 'f16', between = '\n' } = {}): Buffer {
  const [inputs, bytes] = [3 * size * size, type === 'f16' ? 2 : 4];
  const port = (id: number, ...dims: number[]) =>
    `<port id="${id}">${dims.map((dim) => `<dim>${dim}</dim>`).join('')}</port>`;
  const weight = (id: number, shape: number[], offset: number, kind = type, each = bytes) =>
    `<layer id="${id}" name="w${id}" type="Const" version="opset1"><data element_type="${kind}" shape="${shape.join(', ')}" offset="${offset}" size="${each * shape.reduce((a, b) => a * b, 1)}"/><output>${port(0, ...shape)}</output></layer>`;
  const end = bytes * inputs * classes;
  const xml = `<?xml version="1.0"?><net name="${name}" version="11"><layers>
<layer id="0" name="picture" type="Parameter" version="opset1"><data shape="1,3,${size},${size}" element_type="f32"/><output>${port(0, 1, 3, size, size)}</output></layer>
${weight(1, [2], 0, 'i64', 8)}
${weight(2, [classes, inputs], 16)}
<layer id="3" name="dense" type="MatMul" version="opset1"><data transpose_a="false" transpose_b="true"/><input>${port(0, 1, inputs)}${port(1, classes, inputs)}</input><output>${port(2, 1, classes)}</output></layer>
<layer id="4" name="logits" type="Result" version="opset1"><input>${port(0, 1, classes)}</input></layer>
</layers><edges><edge from-layer="0" from-port="0" to-layer="3" to-port="0"/></edges></net>`;
  const weights = Buffer.alloc(16 + end, 0x20); // white space: what could be taken for the end of the .xml
  weights[0] = 0x57;
  weights[weights.length - 1] = 0x77;
  return Buffer.concat([Buffer.from(xml + between), weights]);
}

function blobFile(): Uint8Array {
  const bytes = Buffer.alloc(1024, 5);
  bytes.writeUInt32LE(9709, 52);
  return bytes;
}
