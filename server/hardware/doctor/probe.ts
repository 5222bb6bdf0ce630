import { execFile } from 'node:child_process';
import { builtProgram } from '../program.ts';

const PROBE_MS = 10_000;

/** Whether the loader takes the file: its words where it does not, null where it does. In a process of its own, which it may bring down. */
export function probe(file: string): Promise<string | null> {
  const { PATH, LD_LIBRARY_PATH } = process.env;
  const env = { NODE_ENV: process.env.NODE_ENV, PATH, LD_LIBRARY_PATH } as NodeJS.ProcessEnv;
  const options = { timeout: PROBE_MS, killSignal: 'SIGKILL' as const, env };
  return new Promise((resolve) => {
    execFile(process.execPath, [builtProgram('probe-library'), file], options, (error, stdout) => {
      const said = stdout.trim().split('\n').at(-1) ?? '';
      if (!error) resolve(null);
      else if (error.killed) resolve(`it was not loaded within ${PROBE_MS / 1000} s`);
      else if (error.signal) resolve(`it ends the process that loads it (${error.signal})`);
      else resolve(said || 'the loader did not say why');
    });
  });
}
