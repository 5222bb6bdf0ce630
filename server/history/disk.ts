import { statfs } from 'node:fs/promises';

export interface Disk {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** `full`: no new run begins. `low`: it soon will be so. */
  readonly level: 'well' | 'low' | 'full';
}

const MB = 1024 * 1024;

export async function diskAt(folder: string): Promise<Disk> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const totalBytes = blocks * bsize;
  return { freeBytes, totalBytes, level: levelOf(freeBytes, totalBytes) };
}

/** Full: under 200 MB, or under 2 GB when that is less than a tenth of the disk. Low: under twice as much. */
export function levelOf(freeBytes: number, totalBytes: number): Disk['level'] {
  const under = (times: number) =>
    freeBytes < times * 200 * MB || (freeBytes < times * 2048 * MB && freeBytes < (times * totalBytes) / 10);
  return under(1) ? 'full' : under(2) ? 'low' : 'well';
}
