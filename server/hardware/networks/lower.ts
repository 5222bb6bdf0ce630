import { channelsLast } from '../tflite/channels-last.ts';
import type { Blueprint, ConvShape, Layer } from './blueprint.ts';

// A blueprint in the operators of TensorFlow Lite: channels last, normalisation folded into the convolution before it, activations
// fused into what they follow, and padding that its "same" does not mean as an operator of its own.

/** Batch 1; rows, columns, channels. */
export type Shape = readonly [number, number, number];
export type Activation = 'none' | 'relu' | 'relu6';

export type Op =
  /** `weight`: out × rows × columns × in. */
  | ({ readonly kind: 'conv' } & Convolution)
  /** `weight`: rows × columns × channels. */
  | ({ readonly kind: 'depthwise' } & Convolution)
  | { readonly kind: 'pad'; readonly x: number; readonly pads: ConvShape['pads']; readonly shape: Shape }
  /** 3 × 3, stride 2, no padding. */
  | { readonly kind: 'maxPool'; readonly x: number; readonly shape: Shape }
  | { readonly kind: 'add'; readonly a: number; readonly b: number; readonly shape: Shape; activation: Activation }
  /** Over rows and columns. */
  | { readonly kind: 'mean'; readonly x: number; readonly shape: Shape }
  /** `weight`: out × in. */
  | {
      readonly kind: 'dense';
      readonly x: number;
      readonly weight: Float32Array;
      readonly bias: Float32Array;
      readonly shape: Shape;
    };

interface Convolution {
  readonly x: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly kernel: number;
  readonly stride: number;
  readonly same: boolean;
  readonly shape: Shape;
  activation: Activation;
}

/** Value 0 is the picture, value n what operator n − 1 gives. Throws a sentence for what no operator says. */
export function lower({ size, layers }: Blueprint): Op[] {
  const ops: Op[] = [];
  const shapes: Shape[] = [[size, size, 3]];
  /** Of each layer's value, which value of the operators it is. */
  const at: number[] = [0];
  const push = (op: Op): number => {
    shapes.push(op.shape);
    return ops.push(op);
  };
  const padded = (x: number, pads: ConvShape['pads']): number => {
    const [h, w, c] = shapes[x]!; // x is a value
    const [top, left, bottom, right] = pads;
    return pads.every((pad) => pad === 0)
      ? x
      : push({ kind: 'pad', x, pads, shape: [h + top + bottom, w + left + right, c] });
  };
  const one = (layer: Layer): number => {
    switch (layer.kind) {
      case 'conv':
        return push(convolution(layer, at[layer.x]!, shapes[at[layer.x]!]!, padded, shapes)); // layers look back only
      case 'batchNorm':
        foldInto(ops[at[layer.x]! - 1], layer); // as above
        return at[layer.x]!; // as above
      case 'relu':
      case 'relu6':
        fuse(ops[at[layer.x]! - 1], layer.kind); // as above
        return at[layer.x]!; // as above
      case 'add':
        return push({
          ...{ kind: 'add', a: at[layer.a]!, b: at[layer.b]! }, // as above
          shape: shapes[at[layer.a]!]!, // as above
          activation: 'none',
        });
      case 'maxPool': {
        const x = padded(at[layer.x]!, [1, 1, 1, 1]); // as above; what is padded comes out of a relu, so that zeros win nothing
        const [h, w, c] = shapes[x]!; // just made
        return push({ kind: 'maxPool', x, shape: [valid(h, 3, 2), valid(w, 3, 2), c] });
      }
      case 'classifier': {
        const x = push({ kind: 'mean', x: at[layer.x]!, shape: [1, 1, layer.channels] }); // as above
        return push({ kind: 'dense', x, weight: layer.weight, bias: layer.bias, shape: [1, 1, layer.classes] });
      }
      default:
        return layer satisfies never;
    }
  };
  for (const layer of layers) at.push(one(layer));
  return ops;
}

const valid = (size: number, kernel: number, stride: number): number => Math.floor((size - kernel) / stride) + 1;

function convolution(
  { shape, weight, bias }: Extract<Layer, { kind: 'conv' }>,
  input: number,
  [h, w]: Shape,
  padded: (x: number, pads: ConvShape['pads']) => number,
  shapes: readonly Shape[],
): Op {
  const { from, to, kernel, stride, groups } = shape;
  const same = isSame(h, w, shape);
  const x = same ? input : padded(input, shape.pads);
  const [rows, columns] = shapes[x]!; // a value
  const out = (size: number) => (same ? Math.ceil(size / stride) : valid(size, kernel, stride));
  const common = {
    ...{ x, kernel, stride, same, activation: 'none' as const },
    bias: bias ? bias.slice() : new Float32Array(to),
    shape: [out(rows), out(columns), to] as const,
  };
  if (groups === 1) return { kind: 'conv', ...common, weight: channelsLast(weight, to, from) };
  if (groups !== from || from !== to) throw new Error(`a convolution in ${groups} groups of ${from} to ${to} channels`);
  return { kind: 'depthwise', ...common, weight: channelsLast(weight, 1, to) };
}

/** Whether TensorFlow's "same" pads so: as much as the output needs, the odd one below and to the right. */
function isSame(h: number, w: number, { kernel, stride, pads: [top, left, bottom, right] }: ConvShape): boolean {
  const needs = (size: number) => Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  const says = (size: number, before: number, after: number) =>
    before === Math.floor(needs(size) / 2) && after === Math.ceil(needs(size) / 2);
  return says(h, top, bottom) && says(w, left, right);
}

function foldInto(op: Op | undefined, norm: Extract<Layer, { kind: 'batchNorm' }>): void {
  if (op?.kind !== 'conv' && op?.kind !== 'depthwise') throw new Error('a normalisation that follows no convolution');
  if (op.activation !== 'none') throw new Error('a normalisation that follows an activation');
  const { weight, bias } = op;
  const channels = bias.length;
  const perOut = weight.length / channels;
  for (let c = 0; c < channels; c++) {
    const factor = norm.scale[c]! / Math.sqrt(norm.variance[c]! + norm.epsilon); // one of each per channel
    bias[c] = (bias[c]! - norm.mean[c]!) * factor + norm.shift[c]!; // as above
    for (let i = 0; i < perOut; i++) {
      const place = op.kind === 'conv' ? c * perOut + i : i * channels + c;
      weight[place] = weight[place]! * factor; // inside
    }
  }
}

function fuse(op: Op | undefined, activation: Activation): void {
  if (op?.kind !== 'conv' && op?.kind !== 'depthwise' && op?.kind !== 'add')
    throw new Error('an activation that follows neither a convolution nor a sum');
  op.activation = activation;
}
