import { Worker } from 'node:worker_threads';
import { builtProgram } from '../hardware/program.ts';
import type { PolicyOptions } from '../scheduling/policy.ts';
import { type RehearsalAnswer, written } from './rehearsal-message.ts';

export interface RehearsalHall {
  /** To be handed to a policy with its other options. */
  rehearse(options: PolicyOptions): NonNullable<PolicyOptions['rehearse']>;
  close(): void;
}

/** A thread that plays scenes for one run. It starts with the first; when it dies, no more is rehearsed and the run goes on. */
export function openRehearsalHall(): RehearsalHall {
  let worker: Worker | null = null;
  let dead = false;
  let asked = 0;
  const waiting = new Map<number, (answer: RehearsalAnswer) => void>();
  const start = (): Worker => {
    const started = new Worker(builtProgram('rehearsal'));
    started.on('message', (answer: RehearsalAnswer) => {
      waiting.get(answer.ref)?.(answer);
      waiting.delete(answer.ref);
    });
    started.on('error', () => {
      dead = true;
    });
    started.unref();
    return started;
  };
  return {
    rehearse: (options) => (scene, policies, done) => {
      if (dead) return;
      worker ??= start();
      const ref = asked++;
      waiting.set(ref, ({ values, tookMs }) => done(values, tookMs));
      worker.postMessage(written(ref, scene, policies, options));
    },
    close() {
      dead = true;
      void worker?.terminate();
    },
  };
}
