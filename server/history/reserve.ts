import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Disk, diskAt } from './disk.ts';

/** Room that is given up when nothing else is left, so that people can still log in and delete something. */
export interface Reserve {
  /** False: there was none to give up. */
  release(): boolean;
  /** Puts it back, unless the disk is full. */
  restock(): Promise<void>;
}

/** Enough for the journal of a deletion, and for a start. */
export const RESERVE_BYTES = 16 * 1024 ** 2;
/** With less than this a server cannot even start. */
const LEAST_TO_START = 4 * 1024 ** 2;

/** DATA_DIR/reserve: random bytes, for a disk that compresses would keep nothing of zeros. */
export function openReserve(dataDir: string, look: () => Promise<Disk> = () => diskAt(dataDir)): Reserve {
  const file = join(dataDir, 'reserve');
  return {
    release() {
      const was = existsSync(file);
      rmSync(file, { force: true });
      return was;
    },
    async restock() {
      if (existsSync(file) || (await look()).level === 'full') return;
      const part = `${file}.part`;
      try {
        await writeFile(part, randomBytes(RESERVE_BYTES), { mode: 0o600 });
        await rename(part, file);
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}

/** Before anything is written at a start. */
export async function makeRoomToStart(reserve: Reserve, dataDir: string): Promise<boolean> {
  const disk = await diskAt(dataDir).catch(() => null); // no folder yet
  return disk !== null && disk.freeBytes < LEAST_TO_START && reserve.release();
}

const RESTOCK_EVERY_MS = 10_000;

/** Returns what ends it. */
export function keepStocked(reserve: Reserve, say: (sentence: string) => void): () => void {
  const restock = () => {
    reserve.restock().catch((error: Error) => say(`the reserve on the disk could not be written: ${error.message}`));
  };
  restock();
  const timer = setInterval(restock, RESTOCK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
