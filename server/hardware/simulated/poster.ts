import type { LatencyTable } from '../board.ts';

// The poster's table: mean service times of three networks on the four units of an ASUS Tinker Edge R, and its ranks.

export const POSTER_TABLE: LatencyTable = {
  units: [{ id: 'cpu' }, { id: 'ncs2', modelSlots: 1 }, { id: 'coral' }, { id: 'npu' }],
  models: ['mobilenet_v2', 'resnet50', 'resnet101'],
  latencyMs: {
    cpu: { mobilenet_v2: 86.355, resnet50: 582.072, resnet101: 1201.923 },
    ncs2: { mobilenet_v2: 27.459, resnet50: 50.743, resnet101: 94.509 },
    coral: { mobilenet_v2: 3.393, resnet50: 54.086, resnet101: 108.26 },
    npu: { mobilenet_v2: 10.499, resnet50: 21.345, resnet101: 31.77 },
  },
};

export const POSTER_PARAMETERS: Readonly<Record<string, number>> = {
  mobilenet_v2: 3_538_984,
  resnet50: 25_636_712,
  resnet101: 44_707_176,
};

/** Unit → models, best first. The NCS2 has none: it holds one model and serves only that. */
export const POSTER_RANKS: Readonly<Record<string, readonly string[]>> = {
  cpu: ['mobilenet_v2', 'resnet101', 'resnet50'],
  coral: ['mobilenet_v2', 'resnet101', 'resnet50'],
  npu: ['resnet50', 'mobilenet_v2', 'resnet101'],
};
