import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './product.ts';

// Libraries that stand in for the vendors', compiled when they are asked for; see stand-ins/stand-in.h for what they can be told.

export interface StandIn {
  readonly path: string;
  /** Why it is not there, for a test to say; false: it is. */
  readonly skip: string | false;
}

let folder: string | null = null;

/** Compiled anew for each process that asks; gone with it. */
export function standIn(name: 'rknn_api' | 'edgetpu' | 'mvnc' | 'openvino_c'): StandIn {
  return built(name, ['-shared', '-fPIC']);
}

/** What C says of each struct: "name size" and "name.field offset", a line each. */
export function layoutsInC(): { readonly skip: string | false; lines(): string[] } {
  const program = built('layouts', []);
  return { skip: program.skip, lines: () => execFileSync(program.path, { encoding: 'utf8' }).trim().split('\n') };
}

/** A program in C that runs one inference after the other on the NPU's stand-in, and answers the median in microseconds. */
export function bareLoopInC(): { readonly skip: string | false; us(...told: readonly (string | number)[]): number } {
  const program = built('bare_loop', []);
  return {
    skip: program.skip,
    us: (...told) => Number(execFileSync(program.path, told.map(String), { encoding: 'utf8' })) / 1000,
  };
}

function built(name: string, how: readonly string[]): StandIn {
  folder ??= temporary();
  const path = join(folder, how.length > 0 ? `lib${name}.so` : name);
  const source = join(root, `server/test/stand-ins/${name}.c`);
  const headers = join(root, 'node_modules/tfjs-tflite-node/cc_deps/include');
  try {
    const strict = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-Wno-unused-function'];
    execFileSync('gcc', [...strict, ...how, '-isystem', headers, '-o', path, source], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return { path, skip: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { path, skip: 'gcc is not installed here' };
    throw error;
  }
}

function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'switchyard-stand-in-'));
  process.on('exit', () => rmSync(path, { recursive: true }));
  return path;
}

/** A stand-in's model. */
export interface StandInModel {
  readonly name: string;
  readonly size: number;
  readonly classes: number;
  readonly input: 'uint8' | 'float32' | 'float16';
  readonly layout: 'nhwc' | 'nchw';
}

export const standInModel = ({ name, size, classes, input, layout }: StandInModel): string =>
  `stand-in model\nname ${name}\nsize ${size}\nclasses ${classes}\ninput ${input}\nlayout ${layout}\n`;

/** What a stand-in answers to an input of these bytes. */
export function standInLogits(bytes: Uint8Array, classes: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = (sum: number, value: number) => Math.imul(sum ^ value, 16777619);
  let sum = 2166136261;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) sum = step(sum, view.getUint32(i, true));
  for (; i < bytes.length; i++) sum = step(sum, bytes[i]!); // below its length
  return Array.from({ length: classes }, (_, n) => (Math.imul(sum, 2 * n + 1) >>> 24) / 16 - 8);
}
