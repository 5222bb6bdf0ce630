import { Worker } from 'node:worker_threads';
import { builtProgram } from '../hardware/program.ts';
import { type EngineCommand, type EngineEvent, PULSE } from './messages.ts';

/** The engine as the main process sees it: a thread that hears commands and says events. */
export interface Engine {
  send(command: EngineCommand): void;
  on(listener: (event: EngineEvent) => void): void;
  /** The thread ended without being asked to; the sentence says why. Start another. */
  onDeath(listener: (reason: string) => void): void;
  /** Whether its thread answers at all, or does nothing but compute. */
  answers(withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export function startEngine(): Engine {
  const worker = new Worker(builtProgram('engine'));
  let closing = false;
  let complaint = '';
  worker.on('error', (error) => {
    complaint = error instanceof Error ? error.message : String(error);
  });
  return {
    send: (command) => worker.postMessage(command),
    on: (listener) => void worker.on('message', (message) => message !== PULSE && listener(message)),
    onDeath: (listener) =>
      void worker.on('exit', (code) => {
        if (!closing) listener(`the engine's thread ended with code ${code}${complaint ? ` (${complaint})` : ''}`);
      }),
    answers: (withinMs) =>
      new Promise((answer) => {
        const heard = (message: unknown) => message === PULSE && over(true);
        const late = setTimeout(() => over(false), withinMs);
        const over = (answered: boolean) => {
          clearTimeout(late);
          worker.off('message', heard);
          answer(answered);
        };
        worker.on('message', heard);
        worker.postMessage(PULSE);
      }),
    async close() {
      closing = true;
      const gone = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ type: 'close' } satisfies EngineCommand);
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 2000))]);
      await worker.terminate();
    },
  };
}
