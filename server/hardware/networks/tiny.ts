import { type Blueprint, draw } from './blueprint.ts';

/** For tests: a network of 8 × 8 pictures that every library runs within a millisecond. */
export function tinyNetwork(classes = 4): Blueprint {
  const layers = draw('Tiny', 8, 1);
  const x = layers.conv(layers.picture, { from: 3, to: 8, kernel: 3, stride: 2, pads: [0, 0, 1, 1] });
  const y = layers.relu6(layers.batchNorm(x, 8, 1e-3));
  const z = layers.conv(y, { from: 8, to: 8, kernel: 3, stride: 1, pads: [1, 1, 1, 1], groups: 8 });
  return layers.classifier(layers.add(y, layers.batchNorm(z, 8, 1e-3)), 8, classes);
}

/** As observed on noise from −2 to 2; see ranges.ts. */
export const TINY_RANGES: readonly number[] = [-2, 2, 0, 6, -8, 8, -8, 12, -2, 6, -6, 6];
