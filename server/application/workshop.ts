import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Result } from '../brand.ts';
import { builtProgram } from '../hardware/program.ts';

// The workshop's process, from the outside: it writes our networks and tries those of strangers.

/** One inference of the largest network that fits takes seconds on the slowest board; what takes longer never ends. */
const TRIAL_MS = 60_000;

const written = z.object({ id: z.string() });
const count = z.number().int().nonnegative();
const facts = z.object({
  parameters: count,
  height: count,
  width: count,
  classes: count,
  sha256: z.string().length(64),
});
const examined = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: facts }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type Examined = z.output<typeof facts>;

/** Says of each network when it is there. Rejects with the program's own last words. */
export function writeNetworks(cacheDir: string, onWritten: (id: string) => void): Promise<void> {
  const child = spawn(process.execPath, [builtProgram('workshop'), 'write', cacheDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  createInterface(child.stdout).on('line', (line) => onWritten(written.parse(JSON.parse(line)).id));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the built-in models could not be written: ${lastError(complaint)}`)),
    );
  });
}

/** Reads the file and runs it once, in a process that may crash, hang or be killed for it. */
export function examine(file: string): Promise<Result<Examined>> {
  const options = { timeout: TRIAL_MS, killSignal: 'SIGKILL' as const, env: bareEnvironment() };
  return new Promise((resolve) => {
    execFile(process.execPath, [builtProgram('workshop'), 'examine', file], options, (error, stdout) => {
      if (error?.killed)
        resolve({ ok: false, error: `one inference of this model takes more than ${TRIAL_MS / 1000} s` });
      else if (error) resolve({ ok: false, error: 'this model brings down the process that tries it' });
      else resolve(verdictIn(stdout));
    });
  });
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
const bareEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: process.env.NODE_ENV ?? 'production',
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
});

const lastError = (text: string): string =>
  text.match(/^\w*Error: (.*)$/m)?.[1] ?? text.trim().split('\n').at(-1) ?? 'it said nothing';
