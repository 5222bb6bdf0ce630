import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../brand.ts';

/** Two servers must never share a data folder. The lock names its process, so that one left by a crash is seen through. */
export function lockFolder(dataDir: string): Result<() => void> {
  const file = join(dataDir, 'lock');
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}\n`, { flag: 'wx', mode: 0o600 });
      return { ok: true, value: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = holderOf(file);
      if (holder !== null) return { ok: false, error: `${dataDir} is in use by another server (process ${holder})` };
      rmSync(file, { force: true });
    }
  }
  return { ok: false, error: `${dataDir} was taken by another server at this very moment` };
}

/** null when the process that wrote the lock is no more; a number may have been given to another process since. */
function holderOf(file: string): number | null {
  const [pid = Number.NaN, started] = readFileSync(file, 'utf8').trim().split(' ').map(Number);
  if (!Number.isInteger(pid) || pid === process.pid) return null;
  const start = startOf(pid);
  if (start !== null) return started === undefined || started === start ? pid : null;
  if (process.platform === 'linux') return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** When the process was started, in the kernel's ticks; null when there is none. Linux only. */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return null;
  }
}
