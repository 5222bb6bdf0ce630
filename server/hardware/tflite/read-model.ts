import type { Result } from '../../brand.ts';
import type { TensorFacts } from '../artefact.ts';
import type { WeightKind } from '../weight-kind.ts';
import { rootOf, type Table } from './flat-table.ts';

// TensorFlow Lite's schema, version 3: a table's fields by their numbers.

/** What a file says of itself, read without running it. */
export interface TfliteFacts {
  /** Elements of all weights, biases included. */
  readonly parameters: number;
  /** What most of them are stored as. */
  readonly weights: WeightKind;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
  /** Whether parts of it were compiled for an Edge TPU: no other device runs those. */
  readonly forEdgeTpu: boolean;
}

/** Reads a TensorFlow Lite file. A stranger's file is refused in one sentence, whatever is wrong with it. */
export function readTflite(bytes: Uint8Array): Result<TfliteFacts> {
  try {
    return { ok: true, value: factsOf(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.message };
    return { ok: false, error: NOT_WHOLE };
  }
}

/** A refusal's message is for the person who brought the file; any other error means that the bytes made no sense. */
class Refusal extends Error {}

const NOT_WHOLE = 'this is not a whole TensorFlow Lite file: it is cut short, damaged or of another format';
const TYPES = ['float32', 'float16', 'int32', 'uint8', 'int64', 'string', 'bool', 'int16', 'complex64', 'int8'];
const WEIGHT_TYPES: Readonly<Record<string, WeightKind>> = {
  float32: 'fp32',
  float16: 'fp16',
  int8: 'int8',
  uint8: 'int8',
};
const EDGE_TPU = 'edgetpu-custom-op';

interface Tensor extends TensorFacts {
  readonly shape: readonly number[];
  readonly isStored: boolean;
  readonly isQuantised: boolean;
}

function factsOf(bytes: Uint8Array): TfliteFacts {
  if (String.fromCharCode(...bytes.subarray(4, 8)) !== 'TFL3') throw new Refusal(NOT_WHOLE);
  const model = rootOf(bytes);
  const [graph] = model.tables(2);
  if (!graph) throw new Refusal('the model has no graph');
  const stored = model.tables(4).map((buffer) => buffer.length(0) > 0);
  const tensors = graph.tables(0).map((tensor) => tensorOf(tensor, stored));
  const input = only(tensors, graph.numbers(1), 'input');
  const output = only(tensors, graph.numbers(2), 'output');
  const [batch, height, width, channels] = input.shape;
  if (!isNumeric(input) || input.shape.length !== 4 || batch !== 1 || channels !== 3 || !height || !width)
    throw new Refusal(
      `the model’s input has to be [1, height, width, 3] of float32, int8 or uint8; this one is ${shown(input)}`,
    );
  if (height < 0 || width < 0 || height > 1024 || width > 1024)
    throw new Refusal(`the model’s pictures are ${width} × ${height}; 1024 × 1024 is the most`);
  const [row, classes] = output.shape;
  if (!isNumeric(output) || output.shape.length !== 2 || row !== 1 || !classes || classes < 0)
    throw new Refusal(
      `the model’s output has to be [1, classes] of float32, int8 or uint8; this one is ${shown(output)}`,
    );
  const forEdgeTpu = model.tables(1).some((code) => code.text(1) === EDGE_TPU);
  return {
    ...{ ...weighed(tensors), height, width, classes, forEdgeTpu },
    inputs: [{ name: input.name, type: input.type, shape: input.shape }],
    outputs: [{ name: output.name, type: output.type, shape: output.shape }],
  };
}

function tensorOf(tensor: Table, stored: readonly boolean[]): Tensor {
  const quantization = tensor.table(4);
  return {
    name: tensor.text(3),
    type: TYPES[tensor.byte(1, 0)] ?? 'of another type',
    shape: tensor.numbers(0),
    isStored: stored[tensor.int(2, 0)] ?? false,
    isQuantised: quantization !== null && quantization.length(2) > 0,
  };
}

/** Biases of an INT8 network are int32 with a scale; an int32 without one holds sizes and places. */
function weighed(tensors: readonly Tensor[]): Pick<TfliteFacts, 'parameters' | 'weights'> {
  const elements = new Map<WeightKind, number>();
  for (const { type, shape, isStored, isQuantised } of tensors) {
    const kind = type === 'int32' && isQuantised ? 'int8' : WEIGHT_TYPES[type];
    if (!isStored || !kind) continue;
    elements.set(kind, (elements.get(kind) ?? 0) + shape.reduce((product, size) => product * Math.max(0, size), 1));
  }
  const [most] = [...elements].sort(([, a], [, b]) => b - a);
  return { parameters: [...elements.values()].reduce((sum, n) => sum + n, 0), weights: most?.[0] ?? 'fp32' };
}

function only(tensors: readonly Tensor[], places: readonly number[], what: string): Tensor {
  const tensor = tensors[places[0] ?? -1];
  if (!tensor || places.length > 1)
    throw new Refusal(`the model has to have one ${what}; this one has ${places.length || 'none'}`);
  return tensor;
}

const isNumeric = ({ type }: Tensor): boolean => ['float32', 'int8', 'uint8'].includes(type);
const shown = ({ type, shape }: Tensor): string => `${type} [${shape.join(', ')}]`;
