import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bareEnvironment, confined, verdictIn } from '../application/workshop.ts';
import { FORMATS, type Format } from '../hardware/artefact.ts';
import { sampleFiles } from './model-samples.ts';

// Damaged files by the hundred, examined by the very program that tries a stranger's file. One process serves until a file
// brings it down; each of those is an upload that would have cost one disposable process and one sentence.

export interface Fuzzed {
  readonly files: number;
  readonly taken: number;
  readonly refused: number;
  /** Processes that a file brought down, and that it held up until they were ended. */
  readonly crashes: number;
  readonly hangs: number;
  /** Refusals that a person could not read: empty, of several lines, or with a path in them. */
  readonly unreadable: readonly string[];
}

const HANG_MS = 20_000;
const MEMORY_FOR_BYTES = 0; // the least that an upload is given

/** `keep`: what is told of the files that brought a process down. */
export async function fuzz(
  folder: string,
  perFormat: number,
  keep: (format: Format, bytes: Uint8Array) => void = () => {},
): Promise<Record<Format, Fuzzed>> {
  const samples = sampleFiles();
  const results = {} as Record<Format, Fuzzed>;
  for (const format of FORMATS) {
    const random = createRandom(FORMATS.indexOf(format) + 11);
    const files = Array.from({ length: perFormat }, (_, i) => damaged(samples[format], i, random));
    results[format] = await examineAll(folder, format, files, (bytes) => keep(format, bytes));
  }
  return results;
}

async function examineAll(
  folder: string,
  format: Format,
  files: readonly Uint8Array[],
  keep: (bytes: Uint8Array) => void,
): Promise<Fuzzed> {
  const count = { taken: 0, refused: 0, crashes: 0, hangs: 0 };
  const unreadable: string[] = [];
  let examiner = startExaminer();
  for (const bytes of files) {
    const file = join(folder, `damaged-${format}`);
    writeFileSync(file, bytes);
    const said = await examiner.ask(file, format);
    if (said === 'crashed' || said === 'hung') {
      count[said === 'crashed' ? 'crashes' : 'hangs']++;
      keep(bytes);
      examiner = startExaminer();
      continue;
    }
    const verdict = verdictIn(said);
    count[verdict.ok ? 'taken' : 'refused']++;
    if (!verdict.ok && !/^[^\n]{10,400}$/.test(verdict.error)) unreadable.push(verdict.error);
  }
  examiner.end();
  return { files: files.length, ...count, unreadable };
}

function startExaminer() {
  const [program, ...args] = confined(MEMORY_FOR_BYTES, ['examine', '-']);
  const child: ChildProcess = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env: bareEnvironment() });
  let answer: (said: string) => void = () => {};
  createInterface(child.stdout!).on('line', (line) => line.startsWith('{"ok"') && answer(line)); // piped above
  child.on('exit', () => answer('crashed'));
  child.stdin!.on('error', () => {}); // it is gone, which its exit tells
  return {
    ask: (file: string, format: Format): Promise<string> =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          answer = () => {};
          child.kill('SIGKILL');
          resolve('hung');
        }, HANG_MS);
        answer = (said) => {
          clearTimeout(timer);
          resolve(said);
        };
        child.stdin!.write(`${JSON.stringify({ file, format })}\n`); // piped above
      }),
    end: () => void child.kill('SIGKILL'),
  };
}

type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000];

/** A whole file with bytes turned over, numbers made extreme, a piece cut out, put in twice, or the end cut off. */
export function damaged(samples: readonly Uint8Array[], i: number, random: Random): Uint8Array {
  const bytes = Buffer.from(samples[i % samples.length] ?? new Uint8Array());
  const from = random(bytes.length);
  const piece = bytes.subarray(from, from + 1 + random(64));
  switch (i % 5) {
    case 0:
      for (let n = 0; n <= random(8); n++) bytes[random(bytes.length)] = random(256);
      return bytes;
    case 1: {
      const place = random(Math.max(1, bytes.length - 4)) & ~3;
      bytes.writeUInt32LE(EXTREMES[random(EXTREMES.length)] ?? 0, place);
      return bytes;
    }
    case 2:
      return bytes.subarray(0, from);
    case 3:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + piece.length)]);
    default:
      return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from)]);
  }
}
