import { readdirSync, readFileSync } from 'node:fs';

// What Linux says of a process.

/** Resident memory in MB. */
export const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Its children, and how many of them have ended and were never asked how. */
export function childrenOf(pid: number): { readonly children: number; readonly zombies: number } {
  const states = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? stateIfChild(name, pid) : []));
  return { children: states.length, zombies: states.filter((state) => state === 'Z').length };
}

function stateIfChild(name: string, parent: number): string[] {
  try {
    const [state, ppid] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' '); // after the name
    return Number(ppid) === parent ? [state ?? ''] : [];
  } catch {
    return []; // it is gone
  }
}
