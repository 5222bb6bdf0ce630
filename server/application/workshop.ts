import { execFile, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Result } from '../brand.ts';
import { FORMATS, type Format } from '../hardware/artefact.ts';
import type { FileKind } from '../hardware/onnx/networks.ts';
import { builtProgram } from '../hardware/program.ts';
import { WEIGHT_KINDS } from '../hardware/weight-kind.ts';

// The workshop's process, from the outside: it writes our networks and tries those of strangers.

/** One inference of the largest network that fits takes seconds on the slowest board; what takes longer never ends. */
const TRIAL_MS = 60_000;
/** A library holds a network some four times while it loads it; beyond that, what it asks for is not for weights. */
const MEMORY = { bytes: 1024 ** 3, timesFile: 5 } as const;

const written = z.object({ id: z.string(), kind: z.string() });
const count = z.number().int().nonnegative();
const tensor = z.object({ name: z.string(), type: z.string(), shape: z.array(z.number().nullable()) });
/** What a file says of itself, as it is kept with it. */
export const artefactFacts = z.object({
  format: z.enum(FORMATS),
  precision: z.enum(['fp32', 'fp16', 'int8']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: count.nullable(),
  originalParameters: count.nullable(),
  inputs: z.array(tensor),
  outputs: z.array(tensor),
  tried: z.boolean(),
});
const facts = artefactFacts.extend({
  weights: z.enum(WEIGHT_KINDS).nullable(),
  height: count.nullable(),
  width: count.nullable(),
  classes: count.nullable(),
});
const examined = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: facts }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type Examined = z.output<typeof facts>;

/** Says of each file when it is there. Rejects with the program's own last words. */
export function writeNetworks(
  cacheDir: string,
  kinds: readonly FileKind[],
  onWritten: (id: string, kind: string) => void,
): Promise<void> {
  const child = spawn(process.execPath, [builtProgram('workshop'), 'write', cacheDir, ...kinds], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  createInterface(child.stdout).on('line', (line) => {
    const { id, kind } = written.parse(JSON.parse(line));
    onWritten(id, kind);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the built-in models could not be written: ${lastError(complaint)}`)),
    );
  });
}

/** Reads the file and runs it once, in a process that may crash, hang or be killed for it, and that may not take all memory. */
export function examine(file: string, format: Format): Promise<Result<Examined>> {
  const [program, ...args] = confined(statSync(file).size, ['examine', file, format]);
  const options = { timeout: TRIAL_MS, killSignal: 'SIGKILL' as const, env: bareEnvironment() };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout) => {
      if (error?.killed)
        resolve({ ok: false, error: `one inference of this model takes more than ${TRIAL_MS / 1000} s` });
      else if (error) resolve({ ok: false, error: 'this model brings down the process that tries it' });
      else resolve(verdictIn(stdout));
    });
  });
}

/**
 * The workshop's command line with a lid on its memory: on what it writes to (RLIMIT_DATA), because Node reserves more
 * addresses than any machine has. Through the shell, which every system has; Node cannot set limits.
 */
export function confined(fileBytes: number, args: readonly string[]): [program: string, ...args: string[]] {
  const kilobytes = Math.ceil((MEMORY.bytes + MEMORY.timesFile * fileBytes) / 1024);
  const command = 'ulimit -d "$1"; shift; exec "$@"';
  return ['/bin/sh', '-c', command, 'sh', String(kilobytes), process.execPath, builtProgram('workshop'), ...args];
}

/** A stranger's network may make the library write between our lines, or instead of them. */
export function verdictIn(stdout: string): Result<Examined> {
  try {
    return examined.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch {
    return { ok: false, error: 'the process that tried this model did not say what it found' };
  }
}

/** A stranger's network sees nothing of ours that a program does not need to start. */
export const bareEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: process.env.NODE_ENV ?? 'production',
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
  SWITCHYARD_TFLITE: process.env.SWITCHYARD_TFLITE,
});

const lastError = (text: string): string =>
  text.match(/^\w*Error: (.*)$/m)?.[1] ?? text.trim().split('\n').at(-1) ?? 'it said nothing';
