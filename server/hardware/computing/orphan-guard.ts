import { Worker } from 'node:worker_threads';

const EVERY_MS = 1000;

/**
 * Ends this process when the one that started it is gone. The channel's end says so too, but a thread that is stuck inside a
 * vendor's library hears nothing; this second thread does.
 */
export function guardAgainstOrphanhood(): void {
  const watch = `
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), ${EVERY_MS});
  `;
  new Worker(watch, { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
