import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writevSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Network, SEED } from './networks.ts';
import type { Message } from './protobuf.ts';

// Our networks weigh 300 MB, so they are written once per machine and shared by every data folder.
//   <cache>/<id>-<first 12 of sha256>.onnx         the file
//   <cache>/<id>-<first 12 of sha256>.onnx.stamp   its size and date when its contents were last known to be right

export const defaultCacheDir = (): string =>
  process.env.SWITCHYARD_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'switchyard');

export const cachedFile = (cacheDir: string, network: Network): string =>
  join(cacheDir, `${network.id}-${network.sha256.slice(0, 12)}.onnx`);

/** A look at the file's size and date, not at its 180 MB: quick enough for every start. */
export function isCached(cacheDir: string, network: Network): boolean {
  const file = cachedFile(cacheDir, network);
  try {
    const { size } = statSync(file);
    return size === network.bytes && readFileSync(`${file}.stamp`, 'utf8') === stampOf(file);
  } catch {
    return false; // not there, or not readable: it is written again, and that says what is wrong
  }
}

/** Leaves the right file in place, whatever was there before. Two processes may do this at once: each renames a whole file. */
export function cacheNetwork(cacheDir: string, network: Network): void {
  if (isCached(cacheDir, network)) return;
  mkdirSync(cacheDir, { recursive: true });
  const file = cachedFile(cacheDir, network);
  if (sha256OfFile(file) !== network.sha256) replace(file, network);
  writeFileSync(`${file}.stamp`, stampOf(file));
}

function replace(file: string, network: Network): void {
  const message = network.write(SEED);
  const sha256 = sha256OfMessage(message);
  if (sha256 !== network.sha256)
    throw new Error(`the generator wrote ${network.name} with sha256 ${sha256}, expected ${network.sha256}`);
  const part = `${file}.${process.pid}.part`;
  try {
    writeMessage(part, message);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

export function sha256OfMessage(message: Message): string {
  const hash = createHash('sha256');
  for (const piece of message.pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Most pieces that one call may be handed (IOV_MAX on Linux). */
const PIECES_AT_ONCE = 1024;

export function writeMessage(file: string, { pieces, bytes }: Message): void {
  const handle = openSync(file, 'w', 0o644);
  try {
    let written = 0;
    for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE)
      written += writevSync(handle, pieces.slice(at, at + PIECES_AT_ONCE));
    if (written !== bytes) throw new Error(`${file} took ${written} of ${bytes} bytes: the disk may be full`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function sha256OfFile(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return null; // no file: nothing to compare
  }
}

function stampOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}\n`;
}
