import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Result } from '../../brand.ts';
import type { TensorFacts } from '../artefact.ts';
import type { WeightKind } from '../weight-kind.ts';

// OpenVINO's own format is two files: the network (.xml) and its weights (.bin). Here they are one: the first, directly
// followed by the second. The network names each weight's place, so that it says itself where the other begins.

export interface IrFacts {
  /** Elements of all weights, biases included. */
  readonly parameters: number;
  /** What most of them are stored as. */
  readonly weights: WeightKind;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}
export interface Ir {
  readonly facts: IrFacts;
  readonly network: Uint8Array;
  readonly weights: Uint8Array;
}

/** Reads the two in one, and cuts them apart. A stranger's file is refused in one sentence, whatever is wrong with it. */
export function readIr(bytes: Uint8Array): Result<Ir> {
  try {
    return { ok: true, value: irOf(bytes) };
  } catch (error) {
    return { ok: false, error: error instanceof Refusal ? error.message : NOT_WHOLE };
  }
}

/** A refusal's message is for the person who brought the file; any other error means that the bytes made no sense. */
class Refusal extends Error {}

const NOT_WHOLE = 'this is not a whole OpenVINO network: its .xml is cut short, damaged or of another format';
const END = '</net>';
const MOST_XML_BYTES = 32 * 1024 ** 2;
const MOST_LAYERS = 100_000;
const OLDEST = 10;

/** OpenVINO's names for types → [what we call it, bits an element]. */
const TYPES: Readonly<Record<string, readonly [type: string, bits: number, weights?: WeightKind]>> = {
  f32: ['float32', 32, 'fp32'],
  f16: ['float16', 16, 'fp16'],
  bf16: ['bfloat16', 16, 'bf16'],
  f64: ['float64', 64, 'fp64'],
  i8: ['int8', 8, 'int8'],
  u8: ['uint8', 8, 'int8'],
  i32: ['int32', 32],
  i64: ['int64', 64],
};

interface Weight {
  readonly type: string;
  readonly elements: number;
  readonly offset: number;
  readonly size: number;
}
interface Layer {
  readonly type: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  /** Of its inputs, in their order. */
  readonly takes: readonly (readonly number[])[];
}

/** A layer whose end was not read yet. */
type Opened = Omit<Layer, 'data' | 'takes'> & { data: Layer['data']; takes: number[][] };

function irOf(bytes: Uint8Array): Ir {
  const end = endOfNetwork(bytes);
  const network = bytes.subarray(0, end);
  const layers = layersOf(new TextDecoder('utf-8', { fatal: true }).decode(network));
  const stored = layers.filter(({ type }) => type === 'Const').map(weightOf);
  const length = stored.reduce((most, { offset, size }) => Math.max(most, offset + size), 0);
  const weights = weightsAfter(bytes, end, length);
  return { facts: factsOf(layers, stored), network, weights };
}

function endOfNetwork(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST_XML_BYTES));
  const at = head.indexOf(END);
  if (head[0] !== 0x3c || at < 0) throw new Refusal(NOT_WHOLE);
  return at + END.length;
}

/** What follows the network, but for the white space at its end, is as long as its weights are. */
function weightsAfter(bytes: Uint8Array, end: number, length: number): Uint8Array {
  const start = bytes.length - length;
  const between = start < end ? null : new TextDecoder('latin1').decode(bytes.subarray(end, start));
  if (between === null || between.length > 16 || /\S/.test(between))
    throw new Refusal(
      `the network’s weights are ${length} bytes, and ${bytes.length - end} follow it: the .xml and the .bin have to be those of one network`,
    );
  return bytes.subarray(start);
}

function layersOf(xml: string): Layer[] {
  const parser = new SaxesParser({ xmlns: false });
  const layers: Layer[] = [];
  const path: string[] = [];
  let layer: Opened | null = null;
  parser.on('doctype', () => {
    throw new Refusal('an OpenVINO network has no DOCTYPE');
  });
  parser.on('error', () => {
    throw new Refusal(NOT_WHOLE);
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    path.push(name);
    const place = path.join('/');
    if (path.length === 1) checkRoot(name, attributes);
    else if (place === 'net/layers/layer')
      layer = { type: attributes.type ?? '', name: nameOf(attributes), data: {}, takes: [] };
    else if (place === 'net/layers/layer/data' && layer) layer.data = attributes;
    else if (place === 'net/layers/layer/input/port') layer?.takes.push([]);
  });
  parser.on('text', (text) => {
    if (path.join('/') === 'net/layers/layer/input/port/dim') layer?.takes.at(-1)?.push(Number(text));
  });
  parser.on('closetag', () => {
    if (path.join('/') === 'net/layers/layer' && layer) layers.push(layer);
    if (layers.length > MOST_LAYERS) throw new Refusal(`the network has more than ${MOST_LAYERS} layers`);
    path.pop();
  });
  parser.write(xml).close();
  return layers;
}

const nameOf = ({ name }: Record<string, string>): string => (name ?? '').slice(0, 200);

function checkRoot(name: string, { version }: Record<string, string>): void {
  if (name !== 'net') throw new Refusal(NOT_WHOLE);
  if (!(Number(version) >= OLDEST))
    throw new Refusal(
      `this network is of IR version ${version ?? 'unknown'}; OpenVINO 2022.3 reads ${OLDEST} and newer`,
    );
}

function weightOf({ name, data }: Layer): Weight {
  const [type, bits] = typeOf(data.element_type);
  const [offset, size] = [Number(data.offset), Number(data.size)];
  const elements = product(dimsIn(data.shape).map((size) => size ?? 0));
  const whole = [offset, size, elements].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole || size !== Math.ceil((elements * bits) / 8))
    throw new Refusal(`the weights of the layer "${name}" are not as large as their shape says`);
  return { type: data.element_type ?? type, elements, offset, size };
}

function typeOf(name: string | undefined): (typeof TYPES)[string] {
  const type = Object.hasOwn(TYPES, name ?? '') ? TYPES[name ?? ''] : undefined;
  if (!type)
    throw new Refusal(`the network has values of type "${(name ?? '').slice(0, 20)}", which is not known here`);
  return type;
}

/** "1,3,224,224"; null: not fixed in the file. */
const dimsIn = (shape = ''): (number | null)[] =>
  shape === '' ? [] : shape.split(',').map((size) => (/^\s*\d+\s*$/.test(size) ? Number(size) : null));
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

function factsOf(layers: readonly Layer[], stored: readonly Weight[]): IrFacts {
  const input = only(layers, 'Parameter', 'input');
  const output = only(layers, 'Result', 'output');
  const [type] = typeOf(input.data.element_type);
  const shape = dimsIn(input.data.shape);
  const planes = shape[1] === 3;
  const [height, width] = planes ? shape.slice(2) : shape.slice(1);
  if (shape.length !== 4 || shape[0] !== 1 || (!planes && shape[3] !== 3) || !height || !width)
    throw new Refusal(`the model’s input has to be one picture of three channels; this one is [${shown(shape)}]`);
  if (height > 1024 || width > 1024)
    throw new Refusal(`the model’s pictures are ${width} × ${height}; 1024 × 1024 is the most`);
  const answer = output.takes[0] ?? [];
  const classes = product(answer);
  if (output.takes.length !== 1 || answer.length < 2 || answer[0] !== 1 || answer[1] !== classes || !(classes > 0))
    throw new Refusal(`the model’s output has to be [1, classes]; this one is [${shown(answer)}]`);
  return {
    ...{ ...weighed(stored), height, width, classes },
    inputs: [{ name: input.name, type, shape }],
    outputs: [{ name: output.name, type: 'float32', shape: answer }],
  };
}

const shown = (shape: readonly (number | null)[]): string => shape.map((size) => size ?? '?').join(', ');

function only(layers: readonly Layer[], type: string, what: string): Layer {
  const found = layers.filter((layer) => layer.type === type);
  if (!found[0] || found.length > 1)
    throw new Refusal(`the model has to have one ${what}; this one has ${found.length || 'none'}`);
  return found[0];
}

/** Integers of 32 and 64 bits are sizes and places. */
function weighed(stored: readonly Weight[]): Pick<IrFacts, 'parameters' | 'weights'> {
  const elements = new Map<WeightKind, number>();
  for (const weight of stored) {
    const kind = typeOf(weight.type)[2];
    if (kind) elements.set(kind, (elements.get(kind) ?? 0) + weight.elements);
  }
  const [most] = [...elements].sort(([, a], [, b]) => b - a);
  return { parameters: [...elements.values()].reduce((sum, n) => sum + n, 0), weights: most?.[0] ?? 'fp32' };
}
