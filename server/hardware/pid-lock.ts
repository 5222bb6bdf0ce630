import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What came of asking for a lock: what gives it back, or the process that has it (null: it was taken at this very moment). */
export type PidLock =
  | { readonly ok: true; readonly release: () => void }
  | { readonly ok: false; readonly holder: number | null };

/**
 * For one process at a time. The file names its process, so that a lock that a crash left is seen through. `mode`: who may
 * read that.
 */
export function takeLock(file: string, mode = 0o600): PidLock {
  const own = `${file}.${process.pid}`;
  for (let tries = 0; tries < 2; tries++) {
    if (place(file, own, mode)) return { ok: true, release: () => rmSync(file, { force: true }) };
    const holder = holderOf(file);
    if (holder !== null) return { ok: false, holder };
    if (!takeAway(file, own)) break;
  }
  return { ok: false, holder: null };
}

/** Written aside and put in its place by name: whoever finds a lock finds it whole, with its process in it. */
function place(file: string, own: string, mode: number): boolean {
  writeFileSync(own, `${process.pid} ${startOf(process.pid) ?? ''}\n`, { mode: 0o600 });
  chmodSync(own, mode); // whatever the mask is
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
