import { type Blueprint, type Drawing, draw, type Value } from './blueprint.ts';

const EPSILON = 1.001e-5;
const CLASSES = 1000;
/** Random branches would otherwise grow from block to block until the logits overflow. */
const BRANCH_GAIN = 0.2;

/** ResNet v1 (He et al. 2015) as Keras builds it: every convolution has a bias, a stage strides in its first 1×1. */
export function resnet(name: string, blocks: readonly number[], seed: number): Blueprint {
  const layers = draw(name, 224, seed);
  const stem = layers.conv(layers.picture, { from: 3, to: 64, kernel: 7, stride: 2, pads: [3, 3, 3, 3], bias: true });
  let x = layers.maxPool(layers.relu(layers.batchNorm(stem, 64, EPSILON)));
  let channels = 64;
  blocks.forEach((count, stage) => {
    const narrow = 64 * 2 ** stage;
    for (let i = 0; i < count; i++) {
      x = bottleneck(layers, x, { from: channels, narrow, first: i === 0, stride: i === 0 && stage > 0 ? 2 : 1 });
      channels = 4 * narrow;
    }
  });
  return layers.classifier(x, channels, CLASSES);
}

interface Block {
  readonly from: number;
  readonly narrow: number;
  readonly first: boolean;
  readonly stride: number;
}

function bottleneck(layers: Drawing, x: Value, { from, narrow, first, stride }: Block): Value {
  const wide = 4 * narrow;
  const shortcut = first ? convNorm(layers, x, { from, to: wide, kernel: 1, stride }) : x;
  let y = layers.relu(convNorm(layers, x, { from, to: narrow, kernel: 1, stride }));
  y = layers.relu(convNorm(layers, y, { from: narrow, to: narrow, kernel: 3, stride: 1 }));
  y = convNorm(layers, y, { from: narrow, to: wide, kernel: 1, stride: 1, gain: BRANCH_GAIN });
  return layers.relu(layers.add(shortcut, y));
}

interface Conv {
  readonly from: number;
  readonly to: number;
  readonly kernel: 1 | 3;
  readonly stride: number;
  readonly gain?: number;
}

function convNorm(layers: Drawing, x: Value, { from, to, kernel, stride, gain = 1 }: Conv): Value {
  const pad = kernel === 3 ? 1 : 0;
  const y = layers.conv(x, { from, to, kernel, stride, pads: [pad, pad, pad, pad], bias: true });
  return layers.batchNorm(y, to, EPSILON, gain);
}
