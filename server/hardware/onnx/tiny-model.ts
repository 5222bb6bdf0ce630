import { createGraph } from './graph.ts';
import { createMessage, type Message } from './protobuf.ts';

// Networks of a few bytes for the tests: a mean over the picture and one small layer.

export interface TinyShape {
  readonly input?: readonly number[];
  readonly classes?: number;
  readonly outputShape?: readonly number[];
}

export function tinyModel({ input = [1, 3, 8, 8], classes = 4, outputShape = [1, classes] }: TinyShape = {}): Buffer {
  const graph = createGraph('Tiny');
  const x = graph.input('input', input);
  const flat = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])], { axis: { int: 1 } });
  const weight = graph.weight(
    [classes, 3],
    Float32Array.from({ length: classes * 3 }, (_, i) => i / 10),
  );
  const y = graph.node('Gemm', [flat, weight, graph.weight([classes], new Float32Array(classes))], {
    transB: { int: 1 },
  });
  graph.output(y, 'logits', outputShape);
  return bytesOf(graph.model());
}

/** A model whose one weight is said to lie in another file; `inside` hides it in a subgraph's attribute. */
export function modelWithExternalData({ inside = false } = {}): Buffer {
  const location = createMessage().text(1, 'location').text(2, '../../etc/passwd');
  const tensor = createMessage().int(1, 4).int(2, 1).text(8, 'w').message(13, location).int(14, 1);
  const graph = createMessage().text(2, 'Sly');
  if (inside) {
    const attribute = createMessage().text(1, 'body').message(6, createMessage().message(5, tensor)).int(20, 5);
    graph.message(1, createMessage().text(2, 'y').text(4, 'Loop').message(5, attribute));
  } else graph.message(5, tensor);
  return bytesOf(createMessage().int(1, 8).message(7, graph).message(8, createMessage().int(2, 13)));
}

export const bytesOf = ({ pieces, bytes }: Message): Buffer => Buffer.concat(pieces, bytes);
