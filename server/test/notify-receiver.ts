import { join } from 'node:path';
import koffi from 'koffi';

/** Stands where systemd would listen. */
export interface NotifyReceiver {
  readonly path: string;
  /** Everything that was said, a datagram each; nothing is heard twice. */
  heard(): string[];
  /** Resolves with the first that fits; what came before it is gone. */
  until(fits: (datagram: string) => boolean, withinMs?: number): Promise<string>;
  close(): void;
}

export function receiveNotifications(folder: string): NotifyReceiver {
  const path = join(folder, 'notify');
  const libc = koffi.load('libc.so.6');
  const fd: number = libc.func('int socket(int, int, int)')(1, 2 | 0o4000, 0); // a datagram socket that never blocks
  const address = Buffer.concat([Buffer.from([1, 0]), Buffer.from(`${path}\0`)]);
  if (libc.func('int bind(int, const void *, uint32_t)')(fd, address, address.length) !== 0)
    throw new Error(`${path} cannot be listened at`);
  const recv = libc.func('intptr_t recv(int, _Out_ void *, size_t, int)');
  const closeFd = libc.func('int close(int)');
  const data = Buffer.alloc(4096);
  const next = (): string | null => {
    const bytes: number = recv(fd, data, data.length, 0);
    return bytes < 0 ? null : data.toString('utf8', 0, bytes);
  };
  return {
    path,
    heard() {
      const all: string[] = [];
      for (let one = next(); one !== null; one = next()) all.push(one);
      return all;
    },
    async until(fits, withinMs = 20_000) {
      const untilMs = performance.now() + withinMs;
      while (performance.now() < untilMs) {
        const one = next();
        if (one === null) await new Promise((later) => setTimeout(later, 10));
        else if (fits(one)) return one;
      }
      throw new Error('what was waited for was not said');
    },
    close: () => void closeFd(fd),
  };
}
