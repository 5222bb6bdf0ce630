import type { DriverName } from '../board.ts';
import type { Precision, UnitId } from '../unit.ts';

/** An accelerator that can be found, and what its unit is then like. */
export interface DeviceKind {
  readonly id: 'ncs2' | 'coral' | 'npu';
  readonly name: string;
  readonly driver: DriverName;
  readonly precision: Precision;
  readonly modelSlots: number | null;
  /** USB ids, before and after its firmware is loaded: one and the same stick. Empty: it is part of the chip. */
  readonly usb: readonly string[];
  /** Any of these leads to it; the first that is there is taken. */
  readonly libraries: readonly string[];
  /** Each may name the file instead. */
  readonly environment: readonly string[];
}

export const DEVICE_KINDS: readonly DeviceKind[] = [
  {
    ...{ id: 'ncs2', name: 'Intel NCS2', driver: 'ncs2', precision: 'fp16', modelSlots: 1 },
    usb: ['03e7:2485', '03e7:f63b'],
    libraries: ['libopenvino_c.so.2230', 'libopenvino_c.so', 'libmvnc.so.0', 'libmvnc.so'],
    environment: ['SWITCHYARD_OPENVINO', 'SWITCHYARD_MVNC'],
  },
  {
    ...{ id: 'coral', name: 'Google Coral USB', driver: 'edgetpu', precision: 'int8', modelSlots: null },
    usb: ['1a6e:089a', '18d1:9302'],
    libraries: ['libedgetpu.so.1', 'libedgetpu.so'],
    environment: ['SWITCHYARD_EDGETPU'],
  },
  {
    ...{ id: 'npu', name: 'Rockchip NPU', driver: 'rknn', precision: 'int8', modelSlots: null },
    usb: [],
    libraries: ['librknn_api.so'],
    environment: ['SWITCHYARD_RKNN'],
  },
];

/** The unit that such a device is, on this machine's board. */
export const deviceUnitId = ({ id }: Pick<DeviceKind, 'id'>): UnitId => `machine.${id}` as UnitId;
