import { Builder } from 'flatbuffers';

// What edgetpu_compiler leaves of a whole network: one custom operator between a quantised picture and quantised logits.

export interface Quantised {
  readonly type: 'uint8' | 'int8';
  readonly shape: readonly number[];
  readonly scale: number;
  readonly zero: number;
}

const TYPE = { uint8: 3, int8: 9 } as const;
const CUSTOM = 32;

export function edgetpuModel(input: Quantised, output: Quantised, operator = 'edgetpu-custom-op'): Uint8Array {
  const b = new Builder(1024);
  const tensors = offsets(b, [tensorOf(b, 'input', input), tensorOf(b, 'logits', output)]);
  const operators = offsets(b, [table(b, 3, { 1: int32s(b, [0]), 2: int32s(b, [1]) })]);
  const graph = table(b, 5, { 0: tensors, 1: int32s(b, [0]), 2: int32s(b, [1]), 3: operators });
  const name = b.createString(operator);
  b.startObject(4);
  b.addFieldInt8(0, CUSTOM, 0);
  b.addFieldOffset(1, name, 0);
  b.addFieldInt32(2, 1, 0);
  b.addFieldInt32(3, CUSTOM, 0);
  const codes = offsets(b, [b.endObject()]);
  const [graphs, buffers] = [offsets(b, [graph]), offsets(b, [table(b, 1, {})])];
  b.startObject(5);
  b.addFieldInt32(0, 3, 0);
  for (const [field, offset] of [codes, graphs, 0, buffers].entries()) b.addFieldOffset(field + 1, offset, 0);
  b.finish(b.endObject(), 'TFL3');
  return b.asUint8Array();
}

function tensorOf(b: Builder, name: string, { type, shape, scale, zero }: Quantised): number {
  b.startVector(4, 1, 4);
  b.addFloat32(scale);
  const scales = b.endVector();
  b.startVector(8, 1, 8);
  b.addInt64(BigInt(zero));
  const quantisation = table(b, 4, { 2: scales, 3: b.endVector() });
  const [dimensions, label] = [int32s(b, shape), b.createString(name)];
  b.startObject(5);
  b.addFieldOffset(0, dimensions, 0);
  b.addFieldInt8(1, TYPE[type], 0);
  b.addFieldOffset(3, label, 0);
  b.addFieldOffset(4, quantisation, 0);
  return b.endObject();
}

function table(b: Builder, fields: number, offsets: Readonly<Record<number, number>>): number {
  b.startObject(fields);
  for (const [field, offset] of Object.entries(offsets)) b.addFieldOffset(Number(field), offset, 0);
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
