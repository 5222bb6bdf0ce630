import { Worker } from 'node:worker_threads';
import { builtProgram } from '../../hardware/program.ts';
import type { DatabaseFacts } from './snapshot.ts';

/** Work on a whole database, which takes as long as it is large. */
export type DatabaseWork =
  | { readonly kind: 'snapshot'; readonly file: string; readonly to: string }
  | { readonly kind: 'examine'; readonly file: string };

export type WorkDone =
  | { readonly ok: true; readonly facts: DatabaseFacts }
  | { readonly ok: false; readonly error: string };

/** In a thread of its own: the server goes on answering. */
export function aside(work: DatabaseWork): Promise<DatabaseFacts> {
  const worker = new Worker(builtProgram('database'), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once('message', (done: WorkDone) => (done.ok ? resolve(done.facts) : reject(new Error(done.error))));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that works on the database ended early')));
  });
}
