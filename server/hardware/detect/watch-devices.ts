import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../pid-lock.ts';
import { devicesOf, type FoundDevice } from './devices.ts';
import { DEVICE_KINDS } from './kinds.ts';
import { portsIn } from './usb.ts';

/** An accelerator that was there at some moment since the server started. */
export interface KnownDevice extends FoundDevice {
  /** Why it cannot be used now; null: it can. */
  readonly away: string | null;
}

export interface DeviceWatch {
  /** In the order of their kinds. */
  list(): readonly KnownDevice[];
  onChange(listener: () => void): void;
  end(): void;
}

interface Parts {
  readonly root: string;
  /** Where servers of this machine tell each other which stick they have; for tests. */
  readonly lockFolder?: string;
  readonly devices?: (root: string) => readonly FoundDevice[];
  readonly everyMs?: number;
}

const EVERY_MS = 1000;
/** A stick that boots leaves the bus and comes back under another id within two seconds: that is no farewell. */
const GONE_LOOKS = 3;
/** Servers of other users must see whose a stick is. */
const READABLE = 0o644;
const UNPLUGGED = 'it was unplugged';

/**
 * Looks once a second what is plugged in: one folder is listed, and only when the list is another one is more read. A stick
 * belongs to one server: a second process that opens it would end the first one's.
 */
export function watchDevices({
  root,
  lockFolder = tmpdir(),
  devices = devicesOf,
  everyMs = EVERY_MS,
}: Parts): DeviceWatch {
  const known = new Map<string, KnownDevice & { readonly missed: number }>();
  const locks = new Map<string, { readonly socket: string; readonly release: () => void }>();
  const listeners: (() => void)[] = [];
  let ports = '';
  let quiet = false;

  const mayUse = ({ kind, stick }: FoundDevice): string | null => {
    if (!stick || locks.get(kind.id)?.socket === stick.socket) return null;
    leave(kind.id);
    const { socket } = stick;
    const lock = takeLock(join(lockFolder, `switchyard-${kind.id}-${socket}.lock`), READABLE);
    if (lock.ok) locks.set(kind.id, { socket, release: lock.release });
    return lock.ok ? null : `another server uses it (process ${lock.holder ?? 'that just took it'})`;
  };
  const leave = (id: string) => {
    locks.get(id)?.release();
    locks.delete(id);
  };
  const look = (): boolean => {
    const before = said();
    const found = devices(root);
    for (const device of found) known.set(device.kind.id, { ...device, away: mayUse(device), missed: 0 });
    for (const [id, device] of known) {
      if (found.some(({ kind }) => kind.id === id)) continue;
      const missed = device.missed + 1;
      if (missed >= GONE_LOOKS) leave(id);
      known.set(id, { ...device, missed, away: missed >= GONE_LOOKS ? UNPLUGGED : device.away });
    }
    quiet = [...known.values()].every(({ away, missed }) => (missed === 0 ? away === null : missed >= GONE_LOOKS));
    return said() !== before;
  };
  const said = () =>
    [...known.values()].map(({ kind, away, attached }) => `${kind.id} ${attached.device} ${away}`).join();
  const tick = () => {
    const now = portsIn(root).join();
    if (now === ports && quiet) return;
    ports = now;
    if (look()) for (const listener of listeners) listener();
  };
  ports = portsIn(root).join();
  look();
  const timer = setInterval(tick, everyMs).unref();
  return {
    list: () => DEVICE_KINDS.flatMap(({ id }) => known.get(id) ?? []),
    onChange: (listener) => void listeners.push(listener),
    end() {
      clearInterval(timer);
      for (const id of [...locks.keys()]) leave(id);
    },
  };
}
