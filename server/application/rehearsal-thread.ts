import { parentPort } from 'node:worker_threads';
import { POLICIES } from '../scheduling/policies/index.ts';
import { rehearseAll } from '../scheduling/policies/race.ts';
import { type RehearsalAnswer, type RehearsalQuestion, read } from './rehearsal-message.ts';

// Where `race` rehearses while jobs run: no dispatch waits for it.

const port = parentPort;
if (!port) throw new Error('rehearsal-thread is a worker thread and was started as a program');

port.on('message', (question: RehearsalQuestion) => {
  const fromMs = performance.now();
  const { scene, options } = read(question);
  const field = POLICIES.filter(({ name }) => question.policies.includes(name));
  const values = rehearseAll(scene, field, options);
  port.postMessage({ ref: question.ref, values, tookMs: performance.now() - fromMs } satisfies RehearsalAnswer);
});
