import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

// systemd's readiness protocol (sd_notify(3)): lines of NAME=value, as one datagram to the socket that NOTIFY_SOCKET names.
// Node has no datagram sockets of the Unix kind, so this calls the C library.

/** Throws a sentence when it cannot be said. */
export type Notify = (lines: string) => void;

const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
/** Of sockaddr_un. */
const LONGEST_PATH = 108;

/** null: nobody listens, as this was not started by systemd. */
export function openNotifySocket(path: string | undefined): Notify | null {
  if (!path) return null;
  const address = addressOf(path);
  const libc = (createRequire(import.meta.url)('koffi') as typeof Koffi).load('libc.so.6');
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const sendto = libc.func(
    'intptr_t sendto(int fd, const void *data, size_t bytes, int flags, const void *address, uint32_t length)',
  );
  const fd: number = socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
  if (fd < 0) throw new Error('no socket could be opened to tell systemd anything');
  return (lines) => {
    const data = Buffer.from(lines);
    const sent: number = sendto(fd, data, data.length, MSG_DONTWAIT_NOSIGNAL, address, address.length);
    if (sent !== data.length) throw new Error(`systemd could not be told "${lines}" at ${path}`);
  };
}

/** A sockaddr_un; a path that begins with @ is an abstract name. */
function addressOf(path: string): Buffer {
  const name = Buffer.from(path);
  if (!/^[/@]/.test(path) || name.length >= LONGEST_PATH) throw new Error(`NOTIFY_SOCKET is no socket: ${path}`);
  const address = Buffer.alloc(2 + name.length + (path.startsWith('@') ? 0 : 1));
  address.writeUInt16LE(AF_UNIX, 0);
  name.copy(address, 2);
  if (path.startsWith('@')) address[2] = 0;
  return address;
}
