import { type Blueprint, type Drawing, draw, type Value } from './blueprint.ts';

/** Table 2 of Sandler et al. 2018: expansion, channels, repeats, stride of the first. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;
const EPSILON = 1e-3;
const CLASSES = 1000;

/** MobileNetV2 as Keras builds it: convolutions without bias, stride-2 padding below and to the right only. */
export function mobilenetV2(seed: number): Blueprint {
  const layers = draw('MobileNetV2', 224, seed);
  let x = layers.picture;
  let channels = 32;
  x = layers.relu6(normal(layers, layers.conv(x, { from: 3, to: 32, kernel: 3, ...spread(2) }), 32));
  for (const [expansion, to, repeats, first] of STAGES)
    for (let i = 0; i < repeats; i++) {
      x = invertedResidual(layers, x, { from: channels, to, expansion, stride: i === 0 ? first : 1 });
      channels = to;
    }
  x = layers.relu6(normal(layers, pointwise(layers, x, channels, 1280), 1280));
  return layers.classifier(x, 1280, CLASSES);
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly expansion: number;
  readonly stride: number;
}

function invertedResidual(layers: Drawing, x: Value, { from, to, expansion, stride }: Block): Value {
  const wide = from * expansion;
  let y = x;
  if (expansion !== 1) y = layers.relu6(normal(layers, pointwise(layers, y, from, wide), wide));
  y = layers.conv(y, { from: wide, to: wide, kernel: 3, groups: wide, ...spread(stride) });
  y = pointwise(layers, layers.relu6(normal(layers, y, wide)), wide, to);
  y = normal(layers, y, to, 0.5); // random branches would otherwise grow from block to block
  return stride === 1 && from === to ? layers.add(x, y) : y;
}

const pointwise = (layers: Drawing, x: Value, from: number, to: number) =>
  layers.conv(x, { from, to, kernel: 1, stride: 1, pads: [0, 0, 0, 0] });

const normal = (layers: Drawing, x: Value, channels: number, gain = 1) => layers.batchNorm(x, channels, EPSILON, gain);

const spread = (stride: number): { stride: number; pads: [number, number, number, number] } => ({
  stride,
  pads: stride === 2 ? [0, 0, 1, 1] : [1, 1, 1, 1],
});
