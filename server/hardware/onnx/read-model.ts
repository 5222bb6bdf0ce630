import type { Result } from '../../brand.ts';
import type { TensorFacts } from '../artefact.ts';
import type { WeightKind } from '../weight-kind.ts';
import { type Field, fieldsOf, numbersOf } from './protobuf.ts';

/** What a file says of itself, read without running it. */
export interface ModelFacts {
  /** Elements of all weights: what papers call the parameters. */
  readonly parameters: number;
  /** What most of them are stored as. */
  readonly weights: WeightKind;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

/** Reads an ONNX file. A stranger's file is refused in one sentence, whatever is wrong with it. */
export function readModel(bytes: Uint8Array): Result<ModelFacts> {
  try {
    return { ok: true, value: factsOf(graphOf(bytes)) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.message };
    return { ok: false, error: 'this is not a whole ONNX file: it is cut short, damaged or of another format' };
  }
}

/** A refusal's message is for the person who brought the file; any other error means that the bytes made no sense. */
class Refusal extends Error {}

interface Tensor {
  readonly name: string;
  readonly type: number;
  readonly elements: number;
}
interface Value {
  readonly name: string;
  readonly type: number;
  /** null: not fixed in the file. */
  readonly shape: readonly (number | null)[];
}
interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
}
interface Graph {
  readonly nodes: readonly Node[];
  readonly tensors: readonly Tensor[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

const FLOAT = 1;
/** What the biases of an INT8 network are stored as; everywhere else it holds sizes and places. */
const INT32 = 6;
/** By ONNX' numbers for types: what weights are stored as, quantised ones included. */
const WEIGHT_TYPES: ReadonlyMap<number, WeightKind> = new Map([
  [FLOAT, 'fp32'],
  [2, 'int8'], // without a sign
  [3, 'int8'],
  [10, 'fp16'],
  [11, 'fp64'],
  [16, 'bf16'],
]);
/** Their inputs after the first are limits, scales and sizes, not weights. */
const NOT_WEIGHING = ['Clip', 'Pad', 'Resize', 'Upsample', 'QuantizeLinear', 'DequantizeLinear'];
const DEEPEST = 8;

function factsOf(graph: Graph): ModelFacts {
  const stored = new Set(graph.tensors.map((tensor) => tensor.name));
  const input = only(
    graph.inputs.filter((value) => !stored.has(value.name)),
    'input',
  );
  const output = only(graph.outputs, 'output');
  const [batch, channels, height, width] = input.shape;
  if (input.type !== FLOAT || input.shape.length !== 4 || !isOne(batch) || channels !== 3 || !height || !width)
    throw new Refusal(`the model’s input has to be float [1, 3, height, width]; this one is ${shown(input)}`);
  if (height > 1024 || width > 1024)
    throw new Refusal(`the model’s pictures are ${width} × ${height}; 1024 × 1024 is the most`);
  const [row, classes] = output.shape;
  if (output.type !== FLOAT || output.shape.length !== 2 || !isOne(row) || !classes)
    throw new Refusal(`the model’s output has to be float [1, classes]; this one is ${shown(output)}`);
  return { ...weighed(graph), height, width, classes, inputs: [shownTensor(input)], outputs: [shownTensor(output)] };
}

function weighed({ nodes, tensors }: Graph): Pick<ModelFacts, 'parameters' | 'weights'> {
  const weighing = new Set(
    nodes.flatMap(({ operator, inputs }) => (NOT_WEIGHING.includes(operator) ? inputs.slice(0, 1) : inputs)),
  );
  const dequantised = new Set(
    nodes.flatMap(({ operator, inputs }) => (operator === 'DequantizeLinear' ? inputs.slice(0, 1) : [])),
  );
  const elements = new Map<WeightKind, number>();
  for (const { name, type, elements: more } of tensors) {
    const isBias = type === INT32 && dequantised.has(name);
    const kind = isBias ? 'int8' : weighing.has(name) ? WEIGHT_TYPES.get(type) : undefined;
    if (kind) elements.set(kind, (elements.get(kind) ?? 0) + more);
  }
  const [most] = [...elements].sort(([, a], [, b]) => b - a);
  return { parameters: [...elements.values()].reduce((sum, n) => sum + n, 0), weights: most?.[0] ?? 'fp32' };
}

const shownTensor = ({ name, shape }: Value): TensorFacts => ({ name, type: 'float32', shape });

function only(values: readonly Value[], what: string): Value {
  const [value] = values;
  if (!value || values.length > 1)
    throw new Refusal(`the model has to have one ${what}; this one has ${values.length || 'none'}`);
  return value;
}

/** A size that the file leaves open is run with one picture. */
const isOne = (size: number | null | undefined): boolean => size === 1 || size === null;

const shown = ({ type, shape }: Value): string =>
  `${type === FLOAT ? 'float' : 'of another type'} [${shape.map((size) => size ?? 'any').join(', ')}]`;

function graphOf(bytes: Uint8Array): Graph {
  const model = [...fieldsOf(bytes)];
  const graph = model.findLast((f) => f.field === 7)?.value;
  if (!(graph instanceof Uint8Array) || !model.some((f) => f.field === 8)) throw new Error('no graph');
  for (const f of model)
    if (f.field === 25) for (const g of fieldsOf(bytesOf(f))) if (g.field === 7) node(bytesOf(g), 0);
  return readGraph(graph, 0);
}

/** Follows subgraphs too: a reference to another file may hide in any of them. */
function readGraph(bytes: Uint8Array, depth: number): Graph {
  if (depth > DEEPEST) throw new Refusal(`the model’s graphs are nested more than ${DEEPEST} deep`);
  const graph = { nodes: [] as Node[], tensors: [] as Tensor[], inputs: [] as Value[], outputs: [] as Value[] };
  for (const f of fieldsOf(bytes)) {
    if (f.field === 1) graph.nodes.push(node(bytesOf(f), depth));
    else if (f.field === 5) graph.tensors.push(tensor(bytesOf(f)));
    else if (f.field === 11) graph.inputs.push(value(bytesOf(f)));
    else if (f.field === 12) graph.outputs.push(value(bytesOf(f)));
    else if (f.field === 15) sparse(bytesOf(f));
  }
  return graph;
}

function node(bytes: Uint8Array, depth: number): Node {
  const inputs: string[] = [];
  let operator = '';
  for (const f of fieldsOf(bytes)) {
    if (f.field === 1) inputs.push(textOf(f));
    else if (f.field === 4) operator = textOf(f);
    else if (f.field === 5) attribute(bytesOf(f), depth);
  }
  return { operator, inputs };
}

/** Tensors and graphs that sit in an attribute, single or in lists. */
function attribute(bytes: Uint8Array, depth: number): void {
  for (const f of fieldsOf(bytes)) {
    if (f.field === 5 || f.field === 10) tensor(bytesOf(f));
    else if (f.field === 6 || f.field === 11) readGraph(bytesOf(f), depth + 1);
    else if (f.field === 22 || f.field === 23) sparse(bytesOf(f));
  }
}

function sparse(bytes: Uint8Array): void {
  for (const f of fieldsOf(bytes)) if (f.field === 1 || f.field === 2) tensor(bytesOf(f));
}

function tensor(bytes: Uint8Array): Tensor {
  const sizes: number[] = [];
  let name = '';
  let type = 0;
  for (const f of fieldsOf(bytes)) {
    if (f.field === 1) sizes.push(...numbersOf(f));
    else if (f.field === 2) type = numberOf(f);
    else if (f.field === 8) name = textOf(f);
    else if (f.field === 13 || (f.field === 14 && numberOf(f) !== 0))
      throw new Refusal('the model keeps weights in another file (external data); save it as one file');
  }
  return { name, type, elements: sizes.reduce((product, size) => product * size, 1) };
}

function value(bytes: Uint8Array): Value {
  const parts = [...fieldsOf(bytes)];
  const name = parts.find((f) => f.field === 1);
  const type = parts.find((f) => f.field === 2);
  const tensorType = type && [...fieldsOf(bytesOf(type))].find((f) => f.field === 1);
  const inner = tensorType ? [...fieldsOf(bytesOf(tensorType))] : [];
  const element = inner.find((f) => f.field === 1);
  const shape = inner.find((f) => f.field === 2);
  return {
    name: name ? textOf(name) : '',
    type: element ? numberOf(element) : 0,
    shape: shape ? [...fieldsOf(bytesOf(shape))].filter((f) => f.field === 1).map(size) : [],
  };
}

function size(f: Field): number | null {
  const fixed = [...fieldsOf(bytesOf(f))].find((part) => part.field === 1);
  return fixed ? numberOf(fixed) : null;
}

function bytesOf(f: Field): Uint8Array {
  if (f.kind === 'bytes') return f.value;
  throw new Error(`field ${f.field} is not what it should be`);
}
function numberOf(f: Field): number {
  if (f.kind === 'number') return f.value;
  throw new Error(`field ${f.field} is not a number`);
}
const utf8 = new TextDecoder();
const textOf = (f: Field): string => utf8.decode(bytesOf(f));
