import { type ChildProcess, spawn } from 'node:child_process';
import type { ToUnit } from './channel.ts';

/** A unit's process, from the outside. */
export interface UnitProcess {
  readonly pid: number | null;
  send(message: ToUnit): void;
  kill(): void;
}

export interface UnitProcessEvents {
  readonly said: (message: unknown) => void;
  /** Once, whatever the cause; the sentence says which. */
  readonly ended: (reason: string) => void;
}

/** What a child may see of our environment: nothing that was not needed to start a program. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'LD_LIBRARY_PATH', 'NODE_EXTRA_CA_CERTS'];

/** Starts the program in a process of its own, held to `cores` where given (through util-linux' taskset). */
export function startProcess(program: string, cores: readonly number[] | null, events: UnitProcessEvents): UnitProcess {
  const node = [process.execPath, program];
  const [file, ...args] = cores ? ['taskset', '-c', cores.join(','), ...node] : node;
  const child = spawn(file!, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    env: environment(),
  }); // never empty
  const complaints = lastWords(child);
  let over = false;
  const end = (reason: string) => {
    if (over) return;
    over = true;
    events.ended(reason);
  };
  child.on('message', (message) => !over && events.said(message));
  child.on('error', (error) =>
    end(
      file === 'taskset'
        ? `its process could not be started on cores ${cores?.join(',')}: ${error.message}`
        : error.message,
    ),
  );
  child.on('exit', (code, signal) => end(farewell(code, signal, complaints())));
  return {
    get pid() {
      return child.pid ?? null;
    },
    send(message) {
      if (!over && child.connected) child.send(message, () => {}); // a failed send is followed by the exit that explains it
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

const environment = (): NodeJS.ProcessEnv => {
  const passed: Record<string, string | undefined> = Object.fromEntries(
    PASSED_ON.map((name) => [name, process.env[name]]),
  );
  return passed as NodeJS.ProcessEnv;
};

/** The last lines it wrote to standard error: a vendor's library often says there why it gave up. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2000);
  });
  return () => text.trim().split('\n').at(-1) ?? '';
}

function farewell(code: number | null, signal: string | null, complaint: string): string {
  const how = signal ? `its process was ended by ${signal}` : `its process ended with code ${code}`;
  return complaint ? `${how} (${complaint.slice(0, 200)})` : how;
}
