import type { Attachment } from '../board.ts';
import { chipOf, hasNpu } from './chip.ts';
import { DEVICE_KINDS, type DeviceKind } from './kinds.ts';
import { type Environment, libraryOf } from './libraries.ts';
import { type Stick, sticksIn } from './usb.ts';

/** An accelerator of this machine that can be used: it is there, and so is its library. */
export interface FoundDevice {
  readonly kind: DeviceKind;
  readonly attached: Attachment;
  /** null: it is part of the chip. */
  readonly stick: Stick | null;
}

/** In the order of [DEVICE_KINDS]; of several sticks of one kind the first is taken. */
export function devicesOf(root = '', env: Environment = process.env): FoundDevice[] {
  const sticks = sticksIn(root);
  const chip = chipOf(root);
  return DEVICE_KINDS.flatMap((kind) => {
    const stick = sticks.find((each) => each.kind === kind.id) ?? null;
    if (kind.usb.length > 0 ? stick === null : !hasNpu(chip)) return [];
    const library = libraryOf(kind, root, env);
    return library === null ? [] : [{ kind, stick, attached: { library, device: deviceName(kind, stick) } }];
  });
}

/** Libraries of the NCS2 number sticks themselves, and take the first that is free; the Edge TPU's tell its port. */
const deviceName = (kind: DeviceKind, stick: Stick | null): string | null =>
  kind.id === 'coral' ? (stick?.port ?? null) : null;
