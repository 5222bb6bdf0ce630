import type { ChildProcess } from 'node:child_process';

/**
 * A vendor's library that writes where it should not can spoil the channel to a unit's process, and Node then throws in whoever
 * reads it: the engine. Here that is told instead. Node has no public way, so its handle is looked for by its name; where it is
 * not found, all is as it was. Handles of files and sockets, which Node would also take from a child, are never asked for.
 */
export function guardChannel(child: ChildProcess, spoilt: () => void): void {
  child.removeAllListeners('internalMessage');
  const key = Object.getOwnPropertySymbols(child).find(({ description }) => description === 'kChannelHandle');
  const handle = key && (child as unknown as Record<symbol, Handle | null>)[key];
  if (!handle || typeof handle.onread !== 'function') return;
  const read = handle.onread;
  handle.onread = function (...chunk) {
    try {
      return read.apply(this, chunk);
    } catch {
      spoilt();
    }
  };
}

interface Handle {
  onread: (this: unknown, ...chunk: unknown[]) => unknown;
}
