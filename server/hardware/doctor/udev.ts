import { DEVICE_KINDS, type DeviceKind } from '../detect/kinds.ts';

/** What lets the group plugdev, and whoever sits at the board, open the stick; a line for each id that it can have. */
export function udevRule(kind: DeviceKind['id']): string {
  const ids = DEVICE_KINDS.find(({ id }) => id === kind)?.usb ?? [];
  return ids
    .map((id) => {
      const [vendor, product] = id.split(':');
      return `SUBSYSTEM=="usb", ATTR{idVendor}=="${vendor}", ATTR{idProduct}=="${product}", GROUP="plugdev", MODE="0660", TAG+="uaccess"`;
    })
    .join('\n');
}
