import { isDiskFull } from './history/record.ts';
import { UnusableDatabase } from './history/unusable-database.ts';

/** A sentence for whoever reads the log. Standard output belongs to --ready-json. */
export const say = (sentence: string): void => void process.stderr.write(`switchyard: ${sentence}\n`);

export function sayAndEnd(sentence: string): never {
  say(sentence);
  process.exit(2);
}

/** A start that fails for a reason that a person can mend ends with a sentence; any other keeps its stack. Returns what ends this watch. */
export function onFailedStart(): () => void {
  const fail = (error: unknown): never => sayAndEnd(whyNotStarted(error));
  process.on('uncaughtException', fail);
  return () => void process.off('uncaughtException', fail);
}

export function whyNotStarted(error: unknown): string {
  if (error instanceof UnusableDatabase) return error.message;
  const { code, path, port, stack } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} is taken by another program; set PORT to another one, or to 0 for any`;
  if (port !== undefined && code === 'EACCES')
    return `port ${port} is not for this user to open; set PORT to one above 1023`;
  const why = path === undefined ? undefined : UNUSABLE[code ?? ''];
  if (!why && isDiskFull(error)) return 'the disk is full: delete something on it, then start again';
  return why
    ? `${path} ${why}; set DATA_DIR to a folder that can be written to`
    : `the start failed: ${stack ?? error}`;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  EACCES: 'may not be written to by this user',
  EPERM: 'may not be written to by this user',
  EROFS: 'is on a disk that can only be read',
  EEXIST: 'is a file and not a folder',
  ENOTDIR: 'is not inside a folder',
  ENOENT: 'cannot be made',
  ENOSPC: 'is on a disk that is full',
};

const PATIENCE_MS = 15_000;

/** SIGTERM and SIGINT end the work in hand; the second one does not wait for it. A fault that nobody caught is said, then the same. */
export function onSignals(drain: () => Promise<void>): void {
  let ending = false;
  const end = (code: number, why: string) => {
    if (ending) {
      say('ended at once');
      process.exit(1);
    }
    ending = true;
    say(why);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    drain().then(
      () => process.exit(code),
      (error: Error) => sayAndEnd(`the end was not orderly: ${error.message}`),
    );
  };
  const stopped = 'ending: running inferences are finished first (once more to end at once)';
  process.on('SIGTERM', () => end(0, stopped));
  process.on('SIGINT', () => end(0, stopped));
  process.on('uncaughtException', (error) => lastResort(error, end));
  process.on('unhandledRejection', (error) => lastResort(error, end));
}

/** State after an unknown fault is not to be trusted with more experiments; what is kept is kept. */
function lastResort(error: unknown, end: (code: number, why: string) => void): void {
  say(`a fault that nobody caught: ${error instanceof Error ? error.stack : String(error)}`);
  end(1, 'ending because of it');
}
