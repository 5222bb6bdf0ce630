import type { Builder } from 'flatbuffers';
import type { Blueprint } from '../networks/blueprint.ts';
import { type Activation, lower, type Op } from '../networks/lower.ts';
import { type Quantised, quantise, type Scale } from '../networks/quantise.ts';
import { type OperatorSpec, TENSOR, type TensorSpec, tfliteFile } from './model-file.ts';

/** Numbers of the operator and of its options' table; the version of it that knows INT8, with a scale for each channel. */
const OPERATORS = {
  add: { code: 0, options: 11, int8: 2 },
  conv: { code: 3, options: 1, int8: 3 },
  depthwise: { code: 4, options: 2, int8: 3 },
  dense: { code: 9, options: 8, int8: 4 },
  maxPool: { code: 17, options: 5, int8: 2 },
  pad: { code: 34, options: 22, int8: 2 },
  mean: { code: 40, options: 27, int8: 2 },
} as const satisfies Record<Op['kind'], { code: number; options: number; int8: number }>;
const SAME = 0;
const VALID = 1;
const ACTIVATION: Record<Activation, number> = { none: 0, relu: 1, relu6: 3 };

/**
 * The network as a TensorFlow Lite model: input 1 × size × size × 3, output `logits`. In FP32, or, where the ranges of its values
 * are known, in INT8 from end to end.
 */
export function writeTflite(blueprint: Blueprint, ranges: readonly number[] | null = null): Uint8Array {
  const ops = lower(blueprint);
  const quantised = ranges && quantise(ops, ranges);
  const { tensors, operators } = tableOf(blueprint.size, ops, quantised);
  return tfliteFile(`${blueprint.name}, written by Switchyard`, tensors, operators);
}

/** Tensors and operators as the file lists them: each value once, each weight once. */
function tableOf(size: number, ops: readonly Op[], quantised: Quantised | null) {
  const valueType = (value: number) => typeOf(quantised?.values[value]);
  const tensors: TensorSpec[] = [{ name: 'input', shape: [1, size, size, 3], data: null, ...valueType(0) }];
  const places = [0];
  const add = (tensor: TensorSpec): number => tensors.push(tensor) - 1;
  const operators = ops.map((op, n): OperatorSpec => {
    const given = inputsOf(op).map((value) => places[value]!); // operators look back only
    const extra = constantsOf(op, n, quantised).map((tensor, i) => add({ name: `w${n}_${i}`, ...tensor }));
    const isLast = n === ops.length - 1;
    const shape = op.kind === 'mean' || op.kind === 'dense' ? [1, op.shape[2]] : [1, ...op.shape];
    const output = add({ name: isLast ? 'logits' : `t${n}`, shape, data: null, ...valueType(n + 1) });
    places.push(output);
    const { code, options, int8 } = OPERATORS[op.kind];
    const version = quantised ? int8 : 1;
    return { code, options, version, inputs: [...given, ...extra], output, write: (b) => optionsOf(b, op) };
  });
  return { tensors, operators };
}

const typeOf = (scale: Scale | undefined): Pick<TensorSpec, 'type' | 'quantization'> =>
  scale
    ? { type: TENSOR.int8, quantization: { scales: [scale.scale], zero: scale.zero, axis: 0 } }
    : { type: TENSOR.float32 };

const inputsOf = (op: Op): number[] => (op.kind === 'add' ? [op.a, op.b] : [op.x]);

type Constant = Omit<TensorSpec, 'name'>;

function constantsOf(op: Op, n: number, quantised: Quantised | null): Constant[] {
  switch (op.kind) {
    case 'conv':
    case 'depthwise': {
      const { weight, bias, kernel } = op;
      const area = kernel * kernel;
      const shape =
        op.kind === 'conv'
          ? [bias.length, kernel, kernel, weight.length / bias.length / area]
          : [1, kernel, kernel, bias.length];
      return weightsOf(op, shape, op.kind === 'conv' ? 0 : 3, quantised?.weights[n]);
    }
    case 'dense':
      return weightsOf(op, [op.bias.length, op.weight.length / op.bias.length], 0, quantised?.weights[n]);
    case 'pad': {
      const [top, left, bottom, right] = op.pads;
      return [{ shape: [4, 2], type: TENSOR.int32, data: Int32Array.of(0, 0, top, bottom, left, right, 0, 0) }];
    }
    case 'mean':
      return [{ shape: [2], type: TENSOR.int32, data: Int32Array.of(1, 2) }];
    case 'add':
    case 'maxPool':
      return [];
    default:
      return op satisfies never;
  }
}

/** The weights and their bias; `axis`: the dimension of the output channels. */
function weightsOf(
  { weight, bias }: { readonly weight: Float32Array; readonly bias: Float32Array },
  shape: readonly number[],
  axis: number,
  whole: Quantised['weights'][number] | undefined,
): Constant[] {
  const places = [bias.length];
  if (!whole)
    return [
      { shape, type: TENSOR.float32, data: weight },
      { shape: places, type: TENSOR.float32, data: bias },
    ];
  const { values, scales, biasScales } = whole;
  return [
    { shape, type: TENSOR.int8, data: values, quantization: { scales, zero: 0, axis } },
    { shape: places, type: TENSOR.int32, data: whole.bias, quantization: { scales: biasScales, zero: 0, axis: 0 } },
  ];
}

function optionsOf(b: Builder, op: Op): number {
  switch (op.kind) {
    case 'conv':
      b.startObject(6);
      stridesOf(b, op.same, op.stride);
      b.addFieldInt8(3, ACTIVATION[op.activation], 0);
      break;
    case 'depthwise':
      b.startObject(7);
      stridesOf(b, op.same, op.stride);
      b.addFieldInt32(3, 1, 0); // one filter per channel
      b.addFieldInt8(4, ACTIVATION[op.activation], 0);
      break;
    case 'maxPool':
      b.startObject(6);
      stridesOf(b, false, 2);
      b.addFieldInt32(3, 3, 0);
      b.addFieldInt32(4, 3, 0);
      break;
    case 'add':
      b.startObject(2);
      b.addFieldInt8(0, ACTIVATION[op.activation], 0);
      break;
    case 'pad':
    case 'mean':
    case 'dense':
      b.startObject(1);
      break;
    default:
      return op satisfies never;
  }
  return b.endObject();
}

function stridesOf(b: Builder, same: boolean, stride: number): void {
  b.addFieldInt8(0, same ? SAME : VALID, 0);
  b.addFieldInt32(1, stride, 0);
  b.addFieldInt32(2, stride, 0);
}
