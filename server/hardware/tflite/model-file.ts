import { Builder } from 'flatbuffers';

// A TensorFlow Lite file from tensors and operators, in the schema's version 3: a table's fields by their numbers.

export const TENSOR = { float32: 0, int32: 2, int8: 9 } as const;
const SCHEMA_VERSION = 3;

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Int8Array | null;
  readonly type: (typeof TENSOR)[keyof typeof TENSOR];
  /** Of what is stored as whole numbers; `axis`: the dimension that has a scale for each place. */
  readonly quantization?: { readonly scales: readonly number[]; readonly zero: number; readonly axis: number };
}

export interface OperatorSpec {
  /** The operator's number, and that of the table with its options. */
  readonly code: number;
  readonly options: number;
  readonly version: number;
  /** Of an operator that only one device knows. */
  readonly custom?: string;
  readonly inputs: readonly number[];
  readonly output: number;
  /** Writes the options' table. */
  write(b: Builder): number;
}

/** Tensor 0 is what goes in, the last operator's output what comes out. */
export function tfliteFile(
  description: string,
  tensors: readonly TensorSpec[],
  operators: readonly OperatorSpec[],
): Uint8Array {
  const bytes = tensors.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
  const b = new Builder(Math.ceil(bytes * 1.01) + 1_000_000); // growing means copying all of it
  const codes = [...new Set(operators.map(({ code }) => code))];
  const buffers = [bufferOf(b, null), ...tensors.flatMap(({ data }) => (data ? [bufferOf(b, data)] : []))];
  let filled = 0;
  const tensorOffsets = tensors.map((tensor) => tensorOf(b, tensor, tensor.data ? ++filled : 0));
  const operatorOffsets = operators.map((operator) => operatorOf(b, operator, codes));
  const codeOffsets = codes.map((code) => codeOf(b, operators.find((each) => each.code === code)!)); // made from them
  const last = operators.at(-1)!.output; // the classifier is one at least
  const graph = subgraphOf(b, tensorOffsets, operatorOffsets, last);
  b.finish(modelOf(b, codeOffsets, graph, description, buffers), 'TFL3');
  return b.asUint8Array();
}

function operatorOf(b: Builder, { code, options, inputs, output, write }: OperatorSpec, codes: readonly number[]) {
  const from = int32s(b, inputs);
  const to = int32s(b, [output]);
  const table = write(b);
  b.startObject(5);
  b.addFieldInt32(0, codes.indexOf(code), 0);
  b.addFieldOffset(1, from, 0);
  b.addFieldOffset(2, to, 0);
  b.addFieldInt8(3, options, 0);
  b.addFieldOffset(4, table, 0);
  return b.endObject();
}

function tensorOf(b: Builder, { name, shape, type, quantization }: TensorSpec, buffer: number): number {
  const dimensions = int32s(b, shape);
  const label = b.createString(name);
  const scales = quantization ? quantizationOf(b, quantization) : 0;
  b.startObject(6);
  b.addFieldOffset(0, dimensions, 0);
  b.addFieldInt8(1, type, 0);
  b.addFieldInt32(2, buffer, 0);
  b.addFieldOffset(3, label, 0);
  b.addFieldOffset(4, scales, 0);
  return b.endObject();
}

function quantizationOf(b: Builder, { scales, zero, axis }: NonNullable<TensorSpec['quantization']>): number {
  b.startVector(4, scales.length, 4);
  for (const scale of scales.toReversed()) b.addFloat32(scale);
  const scaleList = b.endVector();
  b.startVector(8, scales.length, 8);
  for (let i = 0; i < scales.length; i++) b.addInt64(BigInt(zero));
  const zeroList = b.endVector();
  b.startObject(7);
  b.addFieldOffset(2, scaleList, 0);
  b.addFieldOffset(3, zeroList, 0);
  b.addFieldInt32(6, axis, 0);
  return b.endObject();
}

/** The code twice: readers from before 2020 know the first field only, and one of them falls over without it. */
function codeOf(b: Builder, { code, version, custom }: OperatorSpec): number {
  const name = custom ? b.createString(custom) : 0;
  b.startObject(4);
  b.addFieldInt8(0, code, 0);
  b.addFieldOffset(1, name, 0);
  b.addFieldInt32(2, version, 0); // 0, so that 1 is written as well
  b.addFieldInt32(3, code, 0);
  return b.endObject();
}

function subgraphOf(b: Builder, tensors: readonly number[], operators: readonly number[], output: number): number {
  const tensorList = offsets(b, tensors);
  const inputs = int32s(b, [0]);
  const outputs = int32s(b, [output]);
  const operatorList = offsets(b, operators);
  b.startObject(5);
  b.addFieldOffset(0, tensorList, 0);
  b.addFieldOffset(1, inputs, 0);
  b.addFieldOffset(2, outputs, 0);
  b.addFieldOffset(3, operatorList, 0);
  return b.endObject();
}

function modelOf(b: Builder, codes: readonly number[], graph: number, description: string, buffers: readonly number[]) {
  const codeList = offsets(b, codes);
  const graphs = offsets(b, [graph]);
  const text = b.createString(description);
  const bufferList = offsets(b, buffers);
  b.startObject(5);
  b.addFieldInt32(0, SCHEMA_VERSION, 0);
  b.addFieldOffset(1, codeList, 0);
  b.addFieldOffset(2, graphs, 0);
  b.addFieldOffset(3, text, 0);
  b.addFieldOffset(4, bufferList, 0);
  return b.endObject();
}

/** A buffer's bytes begin at a multiple of 16, which the runtime counts on. */
function bufferOf(b: Builder, data: TensorSpec['data']): number {
  if (data) b.prep(16, data.byteLength);
  const bytes = data ? b.createByteVector(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) : 0;
  b.startObject(1);
  if (data) b.addFieldOffset(0, bytes, 0);
  return b.endObject();
}

function int32s(b: Builder, values: readonly number[]): number {
  b.startVector(4, values.length, 4);
  for (const value of values.toReversed()) b.addInt32(value);
  return b.endVector();
}

function offsets(b: Builder, values: readonly number[]): number {
  b.startVector(4, values.length, 4);
  for (const value of values.toReversed()) b.addOffset(value);
  return b.endVector();
}
