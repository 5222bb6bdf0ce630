import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, startProduct } from './product.ts';

/** Why there can be no disk of one's own; false: there can. */
export const noSmallDisk: string | false =
  process.platform === 'linux' && process.getuid?.() === 0
    ? false
    : 'a disk that fills is made with unshare and mount, which is for root on Linux';

export interface SmallDisk {
  /** Leaves so many bytes free. */
  fill(free: number): void;
  empty(): void;
}

/** The product with its data on a disk of its own, in memory, which goes with the process. */
export async function startOnSmallDisk(
  dataDir: string,
  sizeMb: number,
): Promise<Product & { readonly disk: SmallDisk }> {
  mkdirSync(dataDir, { recursive: true });
  const mounted = `mount -t tmpfs -o size=${sizeMb}m tmpfs "$DATA_DIR" && exec "$0" dist/server.js --ready-json`;
  const product = await startProduct(dataDir, ['unshare', '-m', 'sh', '-c', mounted, process.execPath]);
  return { ...product, disk: diskAt(`/proc/${product.ready.pid}/root${dataDir}`) };
}

function diskAt(place: string): SmallDisk {
  const ballast = join(place, 'ballast');
  const empty = () => rmSync(ballast, { force: true });
  return {
    empty,
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
