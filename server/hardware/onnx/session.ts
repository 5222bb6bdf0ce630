import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Session, Timed } from '../computing/runtime.ts';
import { monotonicMs } from '../monotonic.ts';

/** From bytes, never from a path: a file that names other files on this disk finds none of them. */
export async function openSession(bytes: Uint8Array, threads: number): Promise<Session<Tensor>> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  const [shape] = session.inputMetadata;
  if (input === undefined || output === undefined || !shape?.isTensor) throw new Error('the model has no input');
  const [, , height, width] = shape.shape.map(Number);
  if (!height || !width) throw new Error('the model does not say how large its pictures are');
  const run = async (picture: Tensor): Promise<Timed> => {
    const startMs = monotonicMs();
    const answer = await session.run({ [input]: picture });
    const endMs = monotonicMs();
    return { logits: answer[output]?.data as Float32Array, startMs, endMs };
  };
  // The first run is the slow one: let it be nobody's measurement.
  const { logits } = await run(tensorOf(new Float32Array(3 * height * width), { width, height }));
  return { width, height, classes: logits.length, run, release: () => session.release() };
}

export const tensorOf = (values: Float32Array, size: { readonly width: number; readonly height: number }): Tensor =>
  new Tensor('float32', values, [1, 3, size.height, size.width]);
