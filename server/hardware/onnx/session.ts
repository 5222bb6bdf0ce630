import { InferenceSession, Tensor } from 'onnxruntime-node';
import { monotonicMs } from '../monotonic.ts';

/** A network that is loaded and has run once. */
export interface Session {
  readonly width: number;
  readonly height: number;
  /** As many as it really answered with. */
  readonly classes: number;
  run(picture: Tensor): Promise<Timed>;
  release(): Promise<void>;
}
export interface Timed {
  readonly logits: Float32Array;
  readonly startMs: number;
  readonly endMs: number;
}

/** From bytes, never from a path: a file that names other files on this disk finds none of them. */
export async function openSession(bytes: Uint8Array, threads: number): Promise<Session> {
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

/** The likeliest classes, best first. */
export function topFive(logits: Float32Array): { index: number; logit: number }[] {
  const top: { index: number; logit: number }[] = [];
  for (const [index, logit] of logits.entries()) {
    if (top.length === 5 && logit <= top[4]!.logit) continue; // five are there
    const at = top.findIndex((other) => other.logit < logit);
    top.splice(at < 0 ? top.length : at, 0, { index, logit });
    top.length = Math.min(5, top.length);
  }
  return top;
}
