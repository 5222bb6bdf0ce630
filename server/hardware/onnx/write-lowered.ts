import type { Blueprint, ConvShape } from '../networks/blueprint.ts';
import { lower, type Op } from '../networks/lower.ts';
import { type QuantisedWeights, quantise, type Scale } from '../networks/quantise.ts';
import { createGraph, type Graph, type Values } from './graph.ts';
import type { Message } from './protobuf.ts';

// The same operators that TensorFlow Lite is given, as ONNX: in INT8, every value and weight between a QuantizeLinear and a
// DequantizeLinear, which a runtime melts into its whole-number kernels; or in FP32 with an eye on every value.

/** The network in INT8: input and output stay float, 1 × 3 × size × size and `logits`. */
export function writeOnnxInt8(blueprint: Blueprint, ranges: readonly number[]): Message {
  const ops = lower(blueprint);
  const { values, weights } = quantise(ops, ranges);
  const scales = new Map<Scale, [scale: string, zero: string]>();
  const write: Style = {
    // An activation is said by the range: what would be below zero, or above the range's end, is rounded to it.
    value(graph, tensor, n) {
      const { scale, zero } = values[n]!; // as many as values
      const key = values[n]!; // as above
      const names = scales.get(key) ?? [
        graph.weight([], Float32Array.of(scale)),
        graph.weight([], Uint8Array.of(zero + 128)), // without a sign: what x86 multiplies by signed weights
      ];
      scales.set(key, names);
      return graph.node('DequantizeLinear', [graph.node('QuantizeLinear', [tensor, ...names]), ...names]);
    },
    weights: (graph, op, n, shape) => {
      const whole = weights[n]!; // of an operator with weights
      const values = op.kind === 'dense' ? whole.values : channelsFirst(whole.values, op);
      return [
        dequantised(graph, shape, values, whole.scales, Int8Array),
        dequantised(graph, [op.bias.length], whole.bias, whole.biasScales, Int32Array),
      ];
    },
  };
  return networkOf(blueprint, ops, write);
}

/** The network in FP32, with the least and the greatest number of each value as outputs: what a range is observed with. */
export function writeObserved(blueprint: Blueprint): Message {
  const ops = lower(blueprint);
  const write: Style = {
    value(graph, tensor, n) {
      const op = ops[n - 1];
      const activation = op && 'activation' in op ? op.activation : 'none';
      const active = activation === 'none' ? tensor : graph.node('Relu', [tensor]);
      const limited =
        activation === 'relu6' ? graph.node('Min', [active, graph.weight([], Float32Array.of(6))]) : active;
      for (const [end, operator] of [
        ['least', 'ReduceMin'],
        ['greatest', 'ReduceMax'],
      ] as const)
        graph.output(graph.node(operator, [limited], { keepdims: { int: 0 } }), `${end}_${n}`, []);
      return limited;
    },
    weights: (graph, op, _, shape) => [
      graph.weight(shape, op.kind === 'dense' ? op.weight : channelsFirst(op.weight, op)),
      graph.weight([op.bias.length], op.bias),
    ],
  };
  return networkOf(blueprint, ops, write);
}

type Weighing = Extract<Op, { weight: Float32Array }>;
/** How values and weights are written. */
interface Style {
  /** What goes on in the place of the value: 0 is the picture, n what operator n − 1 gives. */
  value(graph: Graph, tensor: string, n: number): string;
  /** Names of the weights and of the bias. */
  weights(graph: Graph, op: Weighing, n: number, shape: readonly number[]): [string, string];
}

function networkOf({ name, size, classes }: Blueprint, ops: readonly Op[], style: Style): Message {
  const graph = createGraph(name);
  const names = [style.value(graph, graph.input('input', [1, 3, size, size]), 0)];
  /** What a convolution or pooling has to add around a value that was padded. */
  const around: ConvShape['pads'][] = [[0, 0, 0, 0]];
  const rows = [size, ...ops.map(({ shape }) => shape[0])];
  for (const [n, op] of ops.entries()) {
    around.push(op.kind === 'pad' ? op.pads : [0, 0, 0, 0]);
    if (op.kind === 'pad')
      names.push(names[op.x]!); // operators look back only, here and below
    else names.push(style.value(graph, nodeOf(graph, op, n, { names, around, rows, style }), n + 1));
  }
  graph.output(names.at(-1)!, 'logits', [1, classes]); // the picture is one at least
  return graph.model();
}

interface Written {
  readonly names: readonly string[];
  readonly around: readonly ConvShape['pads'][];
  readonly rows: readonly number[];
  readonly style: Style;
}

function nodeOf(
  graph: Graph,
  op: Exclude<Op, { kind: 'pad' }>,
  n: number,
  { names, around, rows, style }: Written,
): string {
  switch (op.kind) {
    case 'conv':
    case 'depthwise': {
      const { kernel, stride, same, x, bias } = op;
      const inputs = op.kind === 'conv' ? op.weight.length / bias.length / kernel ** 2 : 1;
      const weights = style.weights(graph, op, n, [bias.length, inputs, kernel, kernel]);
      return graph.node('Conv', [names[x]!, ...weights], {
        kernel_shape: { ints: [kernel, kernel] },
        strides: { ints: [stride, stride] },
        pads: { ints: same ? samePads(rows[x]!, kernel, stride) : around[x]! },
        group: { int: op.kind === 'conv' ? 1 : bias.length },
      });
    }
    case 'maxPool':
      return graph.node('MaxPool', [names[op.x]!], {
        kernel_shape: { ints: [3, 3] },
        strides: { ints: [2, 2] },
        pads: { ints: around[op.x]! },
      });
    case 'add':
      return graph.node('Add', [names[op.a]!, names[op.b]!]);
    case 'mean':
      return graph.node('Flatten', [graph.node('GlobalAveragePool', [names[op.x]!])], { axis: { int: 1 } });
    case 'dense': {
      const weights = style.weights(graph, op, n, [op.bias.length, op.weight.length / op.bias.length]);
      return graph.node('Gemm', [names[op.x]!, ...weights], { transB: { int: 1 } });
    }
    default:
      return op satisfies never;
  }
}

/** top, left, bottom, right of TensorFlow's "same", for a square picture. */
function samePads(size: number, kernel: number, stride: number): number[] {
  const needs = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  const before = Math.floor(needs / 2);
  return [before, before, needs - before, needs - before];
}

/** out × rows × columns × in → out × in × rows × columns; depthwise weights lie rows × columns × channels. */
function channelsFirst<V extends Float32Array | Int8Array>(values: V, op: Exclude<Weighing, { kind: 'dense' }>): V {
  const area = op.kernel ** 2;
  const moved = values.slice() as V;
  const inner = op.kind === 'conv' ? values.length / op.bias.length / area : op.bias.length;
  const outer = values.length / inner / area;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++)
      for (let a = 0; a < area; a++) moved[(o * inner + i) * area + a] = values[(o * area + a) * inner + i]!; // outer · inner · area long
  return moved;
}

function dequantised(
  graph: Graph,
  shape: readonly number[],
  values: QuantisedWeights['values'] | QuantisedWeights['bias'],
  scales: readonly number[],
  Zeros: new (length: number) => Values,
): string {
  const one = scales.length === 1;
  const places = one ? [] : [scales.length];
  const scale = graph.weight(places, Float32Array.from(scales));
  const zero = graph.weight(places, new Zeros(scales.length));
  return graph.node('DequantizeLinear', [graph.weight(shape, values), scale, zero], one ? {} : { axis: { int: 0 } });
}
