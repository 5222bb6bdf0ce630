import { Worker } from 'node:worker_threads';
import type { Result } from '../brand.ts';
import { builtProgram } from '../hardware/program.ts';
import type { ExperimentEstimate, estimate } from './estimate.ts';

/** What is asked of `estimate`, a recorded stream by its file. */
export type EstimateQuestion = Omit<Parameters<typeof estimate>[0], 'trace'> & {
  readonly recorded: { readonly file: string; readonly models: readonly string[] } | null;
};
export interface EstimateAnswer {
  readonly ref: number;
  readonly said?: Result<ExperimentEstimate>;
  /** It threw, which it never should. */
  readonly broken?: string;
}

/** Predictions, made one after the other in a thread of their own. */
export interface Estimator {
  ask(question: EstimateQuestion): Promise<Result<ExperimentEstimate>>;
  close(): void;
}

/** More than that wait for nobody: each takes up to a second. */
const MOST_WAITING = 32;
/** The thread holds some 20 MB, and starts within a tenth of a second. */
const IDLE_MS = 60_000;

interface Waiting {
  readonly settle: (said: Result<ExperimentEstimate>) => void;
  readonly fail: (error: Error) => void;
}

export function openEstimator(): Estimator {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let asked = 0;
  const waiting = new Map<number, Waiting>();
  const end = () => {
    void worker?.terminate();
    worker = null;
  };
  const heard = ({ ref, said, broken }: EstimateAnswer) => {
    const one = waiting.get(ref);
    waiting.delete(ref);
    if (said) one?.settle(said);
    else one?.fail(new Error(broken ?? 'a prediction came without an answer'));
    if (waiting.size > 0) return;
    worker?.unref(); // nobody waits: it holds up no end
    idle = setTimeout(end, IDLE_MS).unref();
  };
  const start = (): Worker => {
    const started = new Worker(builtProgram('estimate'));
    started.on('message', heard);
    started.on('error', (error) => {
      if (worker === started) worker = null;
      for (const { fail } of waiting.values()) fail(error);
      waiting.clear();
    });
    return started;
  };
  return {
    ask(question) {
      if (waiting.size >= MOST_WAITING)
        return Promise.resolve({ ok: false, error: `${MOST_WAITING} predictions are being made already` });
      if (idle) clearTimeout(idle);
      worker ??= start();
      worker.ref();
      const ref = asked++;
      worker.postMessage({ ref, question });
      return new Promise((settle, fail) => void waiting.set(ref, { settle, fail }));
    },
    close: end,
  };
}
