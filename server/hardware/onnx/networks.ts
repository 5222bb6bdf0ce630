import { mobilenetV2 } from './mobilenet.ts';
import type { Message } from './protobuf.ts';
import { resnet } from './resnet.ts';

/** A network that we write ourselves: the architecture is the real one, the weights are drawn, so its answers mean nothing. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly parameters: number;
  readonly classes: number;
  readonly bytes: number;
  /** Of the file written with seed 1: what the cache must hold. A change of the generator changes it, and the test says so. */
  readonly sha256: string;
  write(seed: number): Message;
}

export const SEED = 1;

export const NETWORKS: readonly Network[] = [
  {
    id: 'mobilenet_v2',
    name: 'MobileNetV2',
    parameters: 3_538_984,
    classes: 1000,
    bytes: 14_173_206,
    sha256: '1f3927c4d213dc44596ea0595299732a44c3d25e2960e87a47f652b679de62a9',
    write: mobilenetV2,
  },
  {
    id: 'resnet50',
    name: 'ResNet50',
    parameters: 25_636_712,
    classes: 1000,
    bytes: 102_566_105,
    sha256: 'c2091dedae8ad08b63816c17716be14de23ec97bd496badf96d724f907e3fdd9',
    write: (seed) => resnet('ResNet50', [3, 4, 6, 3], seed),
  },
  {
    id: 'resnet101',
    name: 'ResNet101',
    parameters: 44_707_176,
    classes: 1000,
    bytes: 178_866_832,
    sha256: 'eab5b75158cf788282234b0088cfa647f434d90972868e06cba95d2d23b65a00',
    write: (seed) => resnet('ResNet101', [3, 4, 23, 3], seed),
  },
];
