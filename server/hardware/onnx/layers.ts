import { createGraph, type Graph } from './graph.ts';

/** The layers that our networks are made of, with weights drawn from one seed. Every call returns its output's name. */
export interface Layers {
  readonly graph: Graph;
  conv(x: string, shape: ConvShape): string;
  /** A node of its own with four weights: the runtime folds it into the convolution, the file keeps the count. */
  batchNorm(x: string, channels: number, epsilon: number, gain?: number): string;
  relu(x: string): string;
  relu6(x: string): string;
  add(a: string, b: string): string;
  maxPool(x: string): string;
  /** Mean over the picture, then one fully connected layer: logits, not probabilities. */
  classifier(x: string, channels: number, classes: number): string;
}

export interface ConvShape {
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: number;
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
  readonly groups?: number;
  readonly bias?: boolean;
}

export function createLayers(name: string, seed: number): Layers {
  const graph = createGraph(name);
  const draw = createDraw(seed);
  let limits: [string, string] | null = null;
  const clipLimits = () => {
    limits ??= [constant(graph, 0), constant(graph, 6)];
    return limits;
  };
  return {
    graph,
    conv: (x, shape) => convolution(graph, draw, x, shape),
    batchNorm(x, channels, epsilon, gain = 1) {
      const weights = [
        draw(channels, 0.9 * gain, 1.1 * gain),
        draw(channels, -0.1, 0.1),
        draw(channels, -0.1, 0.1),
        draw(channels, 0.8, 1.2),
      ].map((values) => graph.weight([channels], values));
      return graph.node('BatchNormalization', [x, ...weights], { epsilon: { float: epsilon } });
    },
    relu: (x) => graph.node('Relu', [x]),
    relu6: (x) => graph.node('Clip', [x, ...clipLimits()]),
    add: (a, b) => graph.node('Add', [a, b]),
    maxPool: (x) =>
      graph.node('MaxPool', [x], {
        kernel_shape: { ints: [3, 3] },
        strides: { ints: [2, 2] },
        pads: { ints: [1, 1, 1, 1] },
      }),
    classifier(x, channels, classes) {
      const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])], { axis: { int: 1 } });
      const limit = Math.sqrt(6 / (channels + classes));
      const weight = graph.weight([classes, channels], draw(classes * channels, -limit, limit));
      const bias = graph.weight([classes], new Float32Array(classes));
      return graph.node('Gemm', [mean, weight, bias], { transB: { int: 1 } });
    },
  };
}

const constant = (graph: Graph, value: number) => graph.node('Constant', [], { value: { scalar: value } });

function convolution(graph: Graph, draw: Draw, x: string, shape: ConvShape): string {
  const { from, to, kernel, stride, pads, groups = 1, bias = false } = shape;
  const fanIn = (from / groups) * kernel * kernel;
  const limit = Math.sqrt(6 / fanIn); // He et al. 2015: keeps the signal's size from layer to layer
  const weights = [graph.weight([to, from / groups, kernel, kernel], draw(to * fanIn, -limit, limit))];
  if (bias) weights.push(graph.weight([to], draw(to, -0.05, 0.05)));
  return graph.node('Conv', [x, ...weights], {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: pads },
    group: { int: groups },
  });
}

type Draw = (count: number, low: number, high: number) => Float32Array;

/** Uniform, by xorshift32 (Marsaglia 2003): 45 million draws in 0.15 s, and the same file on every machine. */
function createDraw(seed: number): Draw {
  let state = seed >>> 0 || 1;
  return (count, low, high) => {
    const values = new Float32Array(count);
    const step = (high - low) / 4294967296;
    for (let i = 0; i < count; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      values[i] = low + step * (state >>> 0);
    }
    return values;
  };
}
