import { createMessage, type Message } from './protobuf.ts';

// ONNX messages and the numbers of their fields (onnx.proto3 of ONNX 1.8, operator set 13).

const FLOAT = 1;
export type Values = Float32Array | Int8Array | Uint8Array | Int32Array;
const typeOf = (values: Values): number =>
  values instanceof Float32Array ? FLOAT : values instanceof Uint8Array ? 2 : values instanceof Int8Array ? 3 : 6;
const ATTRIBUTE = { float: 1, int: 2, tensor: 4, ints: 7 } as const;
const IR_VERSION = 8;
const OPERATOR_SET = 13;

export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly scalar: number };

/** A network being drawn. Tensors are named by the text that each call returns. */
export interface Graph {
  weight(shape: readonly number[], values: Values): string;
  node(operator: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string;
  input(name: string, shape: readonly number[]): string;
  /** Gives a tensor its outside name. */
  output(tensor: string, name: string, shape: readonly number[]): void;
  model(): Message;
}

export function createGraph(name: string): Graph {
  const nodes: Message[] = [];
  const weights: Message[] = [];
  const inputs: Message[] = [];
  const outputs: Message[] = [];
  const addNode = (operator: string, from: readonly string[], to: string, attributes: Record<string, Attribute>) => {
    const node = createMessage();
    for (const tensor of from) node.text(1, tensor);
    node.text(2, to).text(3, `${operator}_${nodes.length}`).text(4, operator);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    nodes.push(node);
    return to;
  };
  return {
    weight(shape, values) {
      const tensorName = `w${weights.length}`;
      weights.push(tensor(tensorName, shape, values));
      return tensorName;
    },
    node: (operator, from, attributes = {}) => addNode(operator, from, `t${nodes.length}`, attributes),
    input(inputName, shape) {
      inputs.push(valueInfo(inputName, shape));
      return inputName;
    },
    output(from, outputName, shape) {
      addNode('Identity', [from], outputName, {});
      outputs.push(valueInfo(outputName, shape));
    },
    model() {
      const graph = createMessage();
      for (const node of nodes) graph.message(1, node);
      graph.text(2, name);
      for (const weight of weights) graph.message(5, weight);
      for (const input of inputs) graph.message(11, input);
      for (const output of outputs) graph.message(12, output);
      const operators = createMessage().text(1, '').int(2, OPERATOR_SET);
      return createMessage().int(1, IR_VERSION).text(2, 'switchyard').message(7, graph).message(8, operators);
    },
  };
}

function tensor(name: string, shape: readonly number[], values: Values): Message {
  const message = createMessage();
  for (const size of shape) message.int(1, size);
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message.int(2, typeOf(values)).text(8, name).data(9, raw);
}

function attribute(name: string, value: Attribute): Message {
  const message = createMessage().text(1, name);
  if ('float' in value) return message.float(2, value.float).int(20, ATTRIBUTE.float);
  if ('int' in value) return message.int(3, value.int).int(20, ATTRIBUTE.int);
  if ('scalar' in value)
    return message.message(5, tensor('', [], Float32Array.of(value.scalar))).int(20, ATTRIBUTE.tensor);
  for (const one of value.ints) message.int(8, one);
  return message.int(20, ATTRIBUTE.ints);
}

function valueInfo(name: string, shape: readonly number[]): Message {
  const dims = createMessage();
  for (const size of shape) dims.message(1, createMessage().int(1, size));
  const type = createMessage().message(1, createMessage().int(1, FLOAT).message(2, dims));
  return createMessage().text(1, name).message(2, type);
}
