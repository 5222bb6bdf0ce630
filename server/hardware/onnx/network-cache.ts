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
import { RANGES } from '../networks/ranges.ts';
import { writeTflite } from '../tflite/write.ts';
import { filesOf, type Network, type NetworkFile, SEED } from './networks.ts';
import type { Message } from './protobuf.ts';
import { writeOnnx } from './write.ts';
import { writeOnnxInt8 } from './write-lowered.ts';

// Our networks weigh 300 MB, so they are written once per machine and shared by every data folder.
//   <cache>/<id>-<first 12 of sha256>.onnx         the file; .tflite the same for TensorFlow Lite
//   <cache>/<id>-<first 12 of sha256>.onnx.stamp   its size and date when its contents were last known to be right

export const defaultCacheDir = (): string =>
  process.env.SWITCHYARD_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'switchyard');

export const cachedFile = (cacheDir: string, network: Network, file = firstOf(network)): string =>
  join(cacheDir, `${network.id}-${file.sha256.slice(0, 12)}.${file.format}`);

/** A look at the file's size and date, not at its 180 MB: quick enough for every start. */
export function isCached(cacheDir: string, network: Network, { bytes, ...rest } = firstOf(network)): boolean {
  const file = cachedFile(cacheDir, network, { bytes, ...rest });
  try {
    const { size } = statSync(file);
    return size === bytes && readFileSync(`${file}.stamp`, 'utf8') === stampOf(file);
  } catch {
    return false; // not there, or not readable: it is written again, and that says what is wrong
  }
}

/** Leaves the right file in place, whatever was there before. Two processes may do this at once: each renames a whole file. */
export function cacheNetwork(cacheDir: string, network: Network, kept = firstOf(network)): void {
  if (isCached(cacheDir, network, kept)) return;
  mkdirSync(cacheDir, { recursive: true });
  const file = cachedFile(cacheDir, network, kept);
  if (sha256OfFile(file) !== kept.sha256) replace(file, network, kept);
  writeFileSync(`${file}.stamp`, stampOf(file));
}

const firstOf = (network: Network): NetworkFile => filesOf(network)[0]!; // the ONNX file in FP32, always

function replace(file: string, network: Network, kept: NetworkFile): void {
  const message = writeNetwork(network, kept);
  const sha256 = sha256OfMessage(message);
  if (sha256 !== kept.sha256)
    throw new Error(`the generator wrote ${network.name} with sha256 ${sha256}, expected ${kept.sha256}`);
  const part = `${file}.${process.pid}.part`;
  try {
    writeMessage(part, message);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

/** A file's contents, in pieces. */
type Contents = Pick<Message, 'pieces' | 'bytes'>;

export function writeNetwork(network: Network, kind: Pick<NetworkFile, 'format' | 'precision'>): Contents {
  const drawn = network.draw(SEED);
  const ranges = kind.precision === 'int8' ? rangesOf(network) : null;
  if (kind.format === 'onnx') return ranges ? writeOnnxInt8(drawn, ranges) : writeOnnx(drawn);
  const bytes = writeTflite(drawn, ranges);
  return { pieces: [bytes], bytes: bytes.length };
}

function rangesOf({ id, name }: Network): readonly number[] {
  const ranges = RANGES[id];
  if (!ranges) throw new Error(`the ranges of ${name}, which its INT8 files are made with, were never observed`);
  return ranges;
}

export function sha256OfMessage(message: Contents): string {
  const hash = createHash('sha256');
  for (const piece of message.pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Most pieces that one call may be handed (IOV_MAX on Linux). */
const PIECES_AT_ONCE = 1024;

export function writeMessage(file: string, { pieces, bytes }: Contents): void {
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
