import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../brand.ts';

/** Two servers must never share a data folder. The lock names its process, so that one left by a crash is seen through. */
export function lockFolder(dataDir: string): Result<() => void> {
  const file = join(dataDir, 'lock');
  const own = `${file}.${process.pid}`;
  for (let tries = 0; tries < 2; tries++) {
    if (place(file, own)) return { ok: true, value: () => rmSync(file, { force: true }) };
    const holder = holderOf(file);
    if (holder !== null) return { ok: false, error: `${dataDir} is in use by another server (process ${holder})` };
    if (!takeAway(file, own)) break;
  }
  return { ok: false, error: `${dataDir} was taken by another server at this very moment` };
}

/** Written aside and put in its place by name: whoever finds a lock finds it whole, with its process in it. */
function place(file: string, own: string): boolean {
  writeFileSync(own, `${process.pid} ${startOf(process.pid) ?? ''}\n`, { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error;
    return renameInto(file, own); // a memory card's FAT has no second names
  } finally {
    rmSync(own, { force: true });
  }
}

/** The lock of a dead process, and only that: of two that find it at once, the second must not take the first one's new lock. */
function takeAway(file: string, own: string): boolean {
  const aside = `${own}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return true; // somebody else did
  }
  const dead = holderOf(aside) === null;
  if (!dead) renameSync(aside, file);
  rmSync(aside, { force: true });
  return dead;
}

function renameInto(file: string, own: string): boolean {
  if (existsSync(file)) return false;
  renameSync(own, file);
  return true;
}

/** null when the process that wrote the lock is no more; a number may have been given to another process since. */
function holderOf(file: string): number | null {
  const [pid = Number.NaN, started] = textOf(file).trim().split(' ').map(Number);
  if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return null;
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

/** Empty when the lock was given back at this very moment. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
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
