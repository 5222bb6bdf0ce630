import { parentPort } from 'node:worker_threads';
import type { Result } from '../brand.ts';
import { type ExperimentEstimate, estimate } from './estimate.ts';
import type { EstimateAnswer, EstimateQuestion } from './estimator.ts';
import { readTraceFile } from './trace-store.ts';

// Where predictions are made: they take up to a second on a slow board, and no page or live view waits for them.

const port = parentPort;
if (!port) throw new Error('estimate-thread is a worker thread and was started as a program');

port.on('message', ({ ref, question }: { readonly ref: number; readonly question: EstimateQuestion }) => {
  port.postMessage({ ref, ...answered(question) } satisfies EstimateAnswer);
});

function answered(question: EstimateQuestion): Omit<EstimateAnswer, 'ref'> {
  try {
    return { said: predicted(question) };
  } catch (error) {
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function predicted({ recorded, ...question }: EstimateQuestion): Result<ExperimentEstimate> {
  if (!recorded) return { ok: true, value: estimate(question) };
  const trace = readTraceFile(recorded.file, recorded.models);
  return trace.ok ? { ok: true, value: estimate({ ...question, trace: trace.value }) } : trace;
}
