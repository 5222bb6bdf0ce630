import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { lineOf, namesIn, numberIn } from '../kernel-files.ts';
import { DEVICE_KINDS, type DeviceKind } from './kinds.ts';

/** A stick that we know, as it is plugged in now. */
export interface Stick {
  readonly kind: DeviceKind['id'];
  /** As sysfs names it: "2-1.4" is the fourth port of a hub at the first port of bus 2. */
  readonly port: string;
  /** The same for one and the same socket, whatever bus the stick comes back on: a NCS2 may go from USB 2 to USB 3 as it boots. */
  readonly socket: string;
  /** "03e7:2485" */
  readonly id: string;
  /** 480 is USB 2, 5000 USB 3. */
  readonly speedMbps: number | null;
  /** Its file, which its library must be allowed to open. */
  readonly node: string;
}

const DEVICES = '/sys/bus/usb/devices';

/** What is plugged in, by name only; the cheap question. */
export const portsIn = (root = ''): string[] =>
  namesIn(`${root}${DEVICES}`).filter((name) => /^\d+-[\d.]+$/.test(name));

/** USB 2 is a twelfth of what the sticks were made for. */
export const isSlow = ({ speedMbps }: Pick<Stick, 'speedMbps'>): boolean => speedMbps !== null && speedMbps < 5000;

export const sticksIn = (root = ''): Stick[] =>
  portsIn(root).flatMap((port) => {
    const folder = `${root}${DEVICES}/${port}`;
    const id = `${lineOf(`${folder}/idVendor`)}:${lineOf(`${folder}/idProduct`)}`;
    const kind = DEVICE_KINDS.find(({ usb }) => usb.includes(id));
    if (!kind) return [];
    const number = (name: string) => String(numberIn(`${folder}/${name}`) ?? 0).padStart(3, '0');
    return [
      {
        ...{ kind: kind.id, port, id, socket: socketOf(folder, port) },
        speedMbps: numberIn(`${folder}/speed`),
        node: `/dev/bus/usb/${number('busnum')}/${number('devnum')}`,
      },
    ];
  });

/** …/xhci-hcd.0.auto/usb2/2-1 → "xhci-hcd.0.auto-1": its USB 2 and its USB 3 bus share the controller. */
function socketOf(folder: string, port: string): string {
  const chain = port.slice(port.indexOf('-'));
  if (!existsSync(folder)) return port;
  const parts = realpathSync(folder).split('/');
  const bus = parts.findIndex((part) => /^usb\d+$/.test(part));
  return bus > 0 ? `${basename(parts[bus - 1] ?? '')}${chain}` : port;
}
