import type { Blueprint } from '../networks/blueprint.ts';
import { mobilenetV2 } from '../networks/mobilenet.ts';
import { resnet } from '../networks/resnet.ts';

/** A network that we write ourselves: the architecture is the real one, the weights are drawn, so its answers mean nothing. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly parameters: number;
  readonly classes: number;
  readonly bytes: number;
  /** Of the ONNX file in FP32, written with seed 1: what the cache must hold. A change of the generator changes it, and the test says so. */
  readonly sha256: string;
  /** Its further files, all of the same weights. */
  readonly others: readonly NetworkFile[];
  draw(seed: number): Blueprint;
}

/** One of the files that we write. */
export interface NetworkFile {
  readonly format: 'onnx' | 'tflite';
  readonly precision: 'fp32' | 'int8';
  /** As many as the file holds: fewer than the network has where normalisation was folded in. */
  readonly parameters: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Such as "tflite-int8". */
export type FileKind = `${NetworkFile['format']}-${NetworkFile['precision']}`;
export const kindOf = ({ format, precision }: Pick<NetworkFile, 'format' | 'precision'>): FileKind =>
  `${format}-${precision}`;
/** What a model is known by, and what is written before anything else. */
export const FIRST_KIND: FileKind = 'onnx-fp32';

/** All of a network's files, the first kind first. */
export const filesOf = ({ parameters, bytes, sha256, others }: Network): readonly NetworkFile[] => [
  { format: 'onnx', precision: 'fp32', parameters, bytes, sha256 },
  ...others,
];

export const SEED = 1;

export const NETWORKS: readonly Network[] = [
  {
    id: 'mobilenet_v2',
    name: 'MobileNetV2',
    parameters: 3_538_984,
    classes: 1000,
    bytes: 14_173_206,
    sha256: '1f3927c4d213dc44596ea0595299732a44c3d25e2960e87a47f652b679de62a9',
    others: [
      other(
        'tflite',
        'fp32',
        3_487_816,
        13_965_664,
        '82bdc6e76cef8a36071f263de2979e2b931d4a42f12cd95ec79223313127fcf8',
      ),
      other('tflite', 'int8', 3_487_816, 3_971_744, 'f0edc21415fe78f52eb7a245bf7b2ad201f5a967fc50a7888accfa580ce62b47'),
      other('onnx', 'int8', 3_487_816, 3_793_987, 'f5df083afc9ea247344aea7c52144d7846f71bb982b404f08665542c27e30093'),
    ],
    draw: mobilenetV2,
  },
  {
    id: 'resnet50',
    name: 'ResNet50',
    parameters: 25_636_712,
    classes: 1000,
    bytes: 102_566_105,
    sha256: 'c2091dedae8ad08b63816c17716be14de23ec97bd496badf96d724f907e3fdd9',
    others: [
      other(
        'tflite',
        'fp32',
        25_530_472,
        102_137_760,
        '93abd29747c25540cbc1d1cbd19cc9933b0e9cef30da2c5a3ae49fe2ca70bab0',
      ),
      other(
        'tflite',
        'int8',
        25_530_472,
        26_272_768,
        '3d0436fd6ddc8a00339ca76c9d0cf98544594ff6dcd4c8cfe9211a94c9d2738f',
      ),
      other('onnx', 'int8', 25_530_472, 25_990_782, 'ea62133bb2e10668dac1781fa452285bda66b3b0937775369f18f67313859c12'),
    ],
    draw: (seed) => resnet('ResNet50', [3, 4, 6, 3], seed),
  },
  {
    id: 'resnet101',
    name: 'ResNet101',
    parameters: 44_707_176,
    classes: 1000,
    bytes: 178_866_832,
    sha256: 'eab5b75158cf788282234b0088cfa647f434d90972868e06cba95d2d23b65a00',
    others: [
      other(
        'tflite',
        'fp32',
        44_496_488,
        178_016_064,
        'd2f7dab86b783ffc5e365fe293dfc1be39a9a25c7e0f2897f4ef04af4485f52b',
      ),
      other(
        'tflite',
        'int8',
        44_496_488,
        45_963_744,
        '46e90695c00fd4b7e4d890dc2bf06494d26a59028b25c838b1f5e3853cb0913c',
      ),
      other('onnx', 'int8', 44_496_488, 45_405_480, '57fb84191f5dc5c2456b9458c117e7b50ae9b39b01d8d23bfbfc5c387522b057'),
    ],
    draw: (seed) => resnet('ResNet101', [3, 4, 23, 3], seed),
  },
];

function other(
  format: NetworkFile['format'],
  precision: NetworkFile['precision'],
  parameters: number,
  bytes: number,
  sha256: string,
): NetworkFile {
  return { format, precision, parameters, bytes, sha256 };
}
