import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseWork, WorkDone } from './aside.ts';
import { examine, snapshot } from './snapshot.ts';

// Where a whole database is copied or read without holding up the server; see aside.ts.

const port = parentPort;
if (!port) throw new Error('this is a worker thread and was started as a program');

const work = workerData as DatabaseWork;
const done = work.kind === 'snapshot' ? snapshot(work.file, work.to) : examine(work.file);
done.then(
  (facts) => port.postMessage({ ok: true, facts } satisfies WorkDone),
  (error: Error) => port.postMessage({ ok: false, error: error.message } satisfies WorkDone),
);
