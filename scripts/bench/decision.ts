import PQueue from 'p-queue';
import { boundOn } from '../../server/application/limits.ts';
import { simulate } from '../../server/application/simulate.ts';
import { posterSimulation } from '../../server/test/drawing.ts';
import { median } from './median.ts';

const TASKS = 20_000;

/** Microseconds of a decision of streaming `fluid` and of a task in p-queue, in the same run; medians of the rounds. */
export async function benchDecision({ rounds }: { rounds: number }) {
  const fluid: number[] = [];
  const queue: number[] = [];
  for (let at = 0; at <= rounds; at++) {
    const stream = posterSimulation('fluid', 5000, { noiseCv: 0.1, stopwatch: () => performance.now() });
    const ratePerS = 0.95 * boundOn(stream).throughput;
    const { decisionUs } = simulate({ ...stream, arrivals: { kind: 'poisson', ratePerS } });
    const taskUs = await perTaskUs();
    if (at === 0) continue; // the compiler warms up
    fluid.push(decisionUs);
    queue.push(taskUs);
  }
  return {
    fluidUs: round(median(fluid)),
    pQueueUs: round(median(queue)),
    ratio: round(median(fluid.map((us, i) => us / queue[i]!))),
  }; // one each
}

const round = (value: number): number => Number(value.toFixed(3));

async function perTaskUs(): Promise<number> {
  const queue = new PQueue({ concurrency: 4 });
  const from = performance.now();
  for (let task = 0; task < TASKS; task++) void queue.add(async () => {});
  await queue.onIdle();
  return ((performance.now() - from) * 1000) / TASKS;
}
