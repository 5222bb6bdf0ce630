import type { Blueprint, Layer } from '../networks/blueprint.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Message } from './protobuf.ts';

/** The network as an ONNX model: input 1 × 3 × size × size, output `logits`. */
export function writeOnnx({ name, size, classes, layers }: Blueprint): Message {
  const graph = createGraph(name);
  const values = [graph.input('input', [1, 3, size, size])];
  const limits = once(() => [constant(graph, 0), constant(graph, 6)]);
  for (const layer of layers) values.push(nodeOf(graph, layer, (value) => values[value]!, limits)); // layers look back only
  graph.output(values.at(-1)!, 'logits', [1, classes]); // the picture is one at least
  return graph.model();
}

function nodeOf(graph: Graph, layer: Layer, of: (value: number) => string, limits: () => string[]): string {
  switch (layer.kind) {
    case 'conv':
      return convolution(graph, of(layer.x), layer);
    case 'batchNorm':
      // A node of its own with four weights: the runtime folds it into the convolution, the file keeps the count.
      return graph.node(
        'BatchNormalization',
        [
          of(layer.x),
          ...[layer.scale, layer.shift, layer.mean, layer.variance].map((w) => graph.weight([w.length], w)),
        ],
        { epsilon: { float: layer.epsilon } },
      );
    case 'relu':
      return graph.node('Relu', [of(layer.x)]);
    case 'relu6':
      return graph.node('Clip', [of(layer.x), ...limits()]);
    case 'add':
      return graph.node('Add', [of(layer.a), of(layer.b)]);
    case 'maxPool':
      return graph.node('MaxPool', [of(layer.x)], {
        kernel_shape: { ints: [3, 3] },
        strides: { ints: [2, 2] },
        pads: { ints: [1, 1, 1, 1] },
      });
    case 'classifier': {
      const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [of(layer.x)])], { axis: { int: 1 } });
      const weight = graph.weight([layer.classes, layer.channels], layer.weight);
      const bias = graph.weight([layer.classes], layer.bias);
      return graph.node('Gemm', [mean, weight, bias], { transB: { int: 1 } });
    }
    default:
      return layer satisfies never;
  }
}

function convolution(graph: Graph, x: string, { shape, weight, bias }: Extract<Layer, { kind: 'conv' }>): string {
  const { from, to, kernel, stride, pads, groups } = shape;
  const weights = [graph.weight([to, from / groups, kernel, kernel], weight)];
  if (bias) weights.push(graph.weight([to], bias));
  return graph.node('Conv', [x, ...weights], {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: pads },
    group: { int: groups },
  });
}

const constant = (graph: Graph, value: number) => graph.node('Constant', [], { value: { scalar: value } });

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
