import { type ChildProcess, spawn } from 'node:child_process';
import type { Attachment } from './board.ts';
import type { ToUnit } from './channel.ts';
import { guardChannel } from './guard-channel.ts';

/** A unit's process, from the outside. */
export interface UnitProcess {
  readonly pid: number | null;
  send(message: ToUnit): void;
  kill(): void;
  /** Asks it to give back what it holds, and kills it if it takes too long. Resolves when it is gone. */
  leave(): Promise<void>;
}

/** A stick that is let go in the middle of something may want to be plugged in anew. */
const LEAVE_MS = 1000;

export interface UnitProcessEvents {
  readonly said: (message: unknown) => void;
  /** Once, whatever the cause; the sentence says which. */
  readonly ended: (reason: string) => void;
}

/** What a child may see of our environment: nothing that was not needed to start a program. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'LANG', 'TZ', 'LD_LIBRARY_PATH', 'NODE_EXTRA_CA_CERTS'],
  // where its library lies
  ...['SWITCHYARD_TFLITE', 'SWITCHYARD_ARMNN', 'SWITCHYARD_RKNN', 'SWITCHYARD_EDGETPU'],
  ...['SWITCHYARD_OPENVINO', 'SWITCHYARD_MVNC'],
];
/** How a library that stands in for a vendor's is to behave; none other reads them. */
const STAND_IN = 'SWITCHYARD_STANDIN_';

export interface UnitProgram {
  /** The built file. */
  readonly file: string;
  readonly attached?: Attachment | undefined;
  /** What its library has to find in its environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** null: all. */
  readonly cores: readonly number[] | null;
}

/** Starts the program in a process of its own, held to `cores` where given (through util-linux' taskset). */
export function startProcess(
  { file: program, attached, environment, cores }: UnitProgram,
  events: UnitProcessEvents,
): UnitProcess {
  const node = [process.execPath, program, ...argumentsOf(attached)];
  const [file, ...args] = cores ? ['taskset', '-c', cores.join(','), ...node] : node;
  const child = spawn(file!, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    env: { ...passedOn(), ...environment },
  }); // never empty
  const complaints = lastWords(child);
  let over = false;
  const { promise: gone, resolve: isGone } = promised();
  const end = (reason: string) => {
    if (over) return;
    over = true;
    isGone();
    events.ended(reason);
  };
  guardChannel(child, () => {
    if (over) return;
    child.kill('SIGKILL');
    end('its process wrote what is not in the protocol into its channel');
  });
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
    async leave() {
      if (over) return;
      if (child.connected) child.send({ type: 'close' } satisfies ToUnit, () => {});
      const late = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
      await gone;
      clearTimeout(late);
    },
  };
}

function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Read again by computing/attached.ts. */
const argumentsOf = (attached: Attachment | undefined): string[] => (attached ? [JSON.stringify(attached)] : []);

const passedOn = (): NodeJS.ProcessEnv => {
  const names = [...PASSED_ON, ...Object.keys(process.env).filter((name) => name.startsWith(STAND_IN))];
  const passed: Record<string, string | undefined> = Object.fromEntries(names.map((name) => [name, process.env[name]]));
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
  return complaint ? `${how} (${complaint.slice(0, 400)})` : how;
}
