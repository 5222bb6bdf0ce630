import { createDraw } from './draw.ts';

// A network before it has a file format: layers in order, each with its weights. Writers make ONNX or TensorFlow Lite of it, so that
// every unit computes the same function.

/** What a layer gives: 0 is the picture, n the output of layer n − 1. */
export type Value = number;

export interface ConvShape {
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: number;
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
  readonly groups: number;
}

export type Layer =
  /** `weight`: out × in ÷ groups × rows × columns. */
  | {
      readonly kind: 'conv';
      readonly x: Value;
      readonly shape: ConvShape;
      readonly weight: Float32Array;
      readonly bias: Float32Array | null;
    }
  /** y = scale · (x − mean) ÷ √(variance + epsilon) + shift, by channel. */
  | {
      readonly kind: 'batchNorm';
      readonly x: Value;
      readonly scale: Float32Array;
      readonly shift: Float32Array;
      readonly mean: Float32Array;
      readonly variance: Float32Array;
      readonly epsilon: number;
    }
  | { readonly kind: 'relu' | 'relu6'; readonly x: Value }
  | { readonly kind: 'add'; readonly a: Value; readonly b: Value }
  /** 3 × 3, stride 2, one row and column of padding on every side. */
  | { readonly kind: 'maxPool'; readonly x: Value }
  /** Mean over the picture, then one fully connected layer: logits, not probabilities. `weight`: classes × channels. */
  | {
      readonly kind: 'classifier';
      readonly x: Value;
      readonly channels: number;
      readonly classes: number;
      readonly weight: Float32Array;
      readonly bias: Float32Array;
    };

export interface Blueprint {
  readonly name: string;
  /** Rows and columns of the picture, which has three channels. */
  readonly size: number;
  readonly classes: number;
  /** The last one is the classifier. */
  readonly layers: readonly Layer[];
}

/** A network being drawn, with weights from one seed. Every call returns its layer's value. */
export interface Drawing {
  readonly picture: Value;
  conv(x: Value, shape: Omit<ConvShape, 'groups'> & { readonly groups?: number; readonly bias?: boolean }): Value;
  batchNorm(x: Value, channels: number, epsilon: number, gain?: number): Value;
  relu(x: Value): Value;
  relu6(x: Value): Value;
  add(a: Value, b: Value): Value;
  maxPool(x: Value): Value;
  /** The end of it. */
  classifier(x: Value, channels: number, classes: number): Blueprint;
}

export function draw(name: string, size: number, seed: number): Drawing {
  const layers: Layer[] = [];
  const random = createDraw(seed);
  const push = (layer: Layer): Value => layers.push(layer);
  return {
    picture: 0,
    conv(x, { bias = false, groups = 1, ...shape }) {
      const { from, to, kernel } = shape;
      const fanIn = (from / groups) * kernel * kernel;
      const limit = Math.sqrt(6 / fanIn); // He et al. 2015: keeps the signal's size from layer to layer
      const weight = random(to * fanIn, -limit, limit);
      return push({
        kind: 'conv',
        x,
        shape: { ...shape, groups },
        weight,
        bias: bias ? random(to, -0.05, 0.05) : null,
      });
    },
    batchNorm(x, channels, epsilon, gain = 1) {
      const scale = random(channels, 0.9 * gain, 1.1 * gain);
      const shift = random(channels, -0.1, 0.1);
      const mean = random(channels, -0.1, 0.1);
      const variance = random(channels, 0.8, 1.2);
      return push({ kind: 'batchNorm', x, scale, shift, mean, variance, epsilon });
    },
    relu: (x) => push({ kind: 'relu', x }),
    relu6: (x) => push({ kind: 'relu6', x }),
    add: (a, b) => push({ kind: 'add', a, b }),
    maxPool: (x) => push({ kind: 'maxPool', x }),
    classifier(x, channels, classes) {
      const limit = Math.sqrt(6 / (channels + classes));
      const weight = random(classes * channels, -limit, limit);
      push({ kind: 'classifier', x, channels, classes, weight, bias: new Float32Array(classes) });
      return { name, size, classes, layers };
    },
  };
}
