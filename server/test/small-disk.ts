import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, root, startProduct } from './product.ts';

/** Why there can be no disk of one's own; false: there can. */
export const noSmallDisk: string | false =
  process.platform === 'linux' && process.getuid?.() === 0
    ? false
    : 'a disk that fills is made with unshare and mount, which is for root on Linux';

/** A data folder on a disk of its own, in memory. */
export interface SmallDisk {
  /** Leaves so many bytes free. */
  fill(free: number): void;
  empty(): void;
  /** Whether the data folder has a file of that name. */
  has(name: string): boolean;
  start(): Promise<Product>;
  close(): void;
}

/** A process that does nothing holds the disk; the product is started in its view of the machine. */
export async function openSmallDisk(dataDir: string, sizeMb: number): Promise<SmallDisk> {
  mkdirSync(dataDir, { recursive: true });
  const hold = `mount -t tmpfs -o size=${sizeMb}m tmpfs "$0" && echo mounted && exec sleep 1000000`;
  const holder = spawn('unshare', ['-m', 'sh', '-c', hold, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const place = `/proc/${holder.pid}/root${dataDir}`;
  const ballast = join(place, 'ballast');
  const empty = () => rmSync(ballast, { force: true });
  const product = `cd "${root}" && exec "${process.execPath}" dist/server.js --ready-json`;
  return {
    empty,
    has: (name) => existsSync(join(place, name)),
    start: () => startProduct(dataDir, ['nsenter', '-t', String(holder.pid), '-m', 'sh', '-c', product]),
    close: () => void holder.kill('SIGKILL'),
    fill(free) {
      empty();
      const { bavail, bsize } = statfsSync(place);
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free), 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error; // what fits is there
      }
    },
  };
}
