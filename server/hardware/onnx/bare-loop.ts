import { readFile } from 'node:fs/promises';
import type { Tensor } from 'onnxruntime-node';
import { createInputs } from '../computing/inputs.ts';
import type { Session } from '../computing/runtime.ts';
import { monotonicMs } from '../monotonic.ts';
import { openSession, tensorOf } from './session.ts';

export interface BareLoop {
  readonly totalMs: number;
  /** Model → mean milliseconds of one inference. */
  readonly perModel: Readonly<Record<string, number>>;
}

/**
 * The same inferences in the same order with nothing around them: what an experiment costs beyond this is ours.
 * Everything is loaded, warm and decoded before the clock starts, as it is for a run.
 */
export async function bareLoop(jobs: {
  readonly models: readonly { readonly id: string; readonly file: string }[];
  readonly pictures: readonly string[];
  readonly order: readonly { readonly model: string; readonly input: number }[];
  readonly threads: number;
}): Promise<BareLoop> {
  const sessions = new Map<string, Session<Tensor>>();
  for (const { id, file } of jobs.models) sessions.set(id, await openSession(await readFile(file), jobs.threads));
  const inputs = createInputs(tensorOf);
  await inputs.prepare(jobs.pictures);
  for (const session of sessions.values()) await inputs.fit(session);
  const sums = new Map(jobs.models.map(({ id }) => [id, { ms: 0, runs: 0 }]));
  const steps = jobs.order.map(({ model, input }) => {
    const [session, sum] = [sessions.get(model), sums.get(model)];
    if (!session || !sum) throw new Error(`the loop asks for ${model}, which was not given`);
    return { session, sum, tensor: inputs.picture(input, session) };
  });
  const fromMs = monotonicMs();
  for (const { session, sum, tensor } of steps) {
    const { startMs, endMs } = await session.run(tensor);
    sum.ms += endMs - startMs;
    sum.runs++;
  }
  const totalMs = monotonicMs() - fromMs;
  for (const session of sessions.values()) await session.release();
  const perModel = [...sums].filter(([, { runs }]) => runs > 0).map(([id, { ms, runs }]) => [id, ms / runs]);
  return { totalMs, perModel: Object.fromEntries(perModel) };
}
