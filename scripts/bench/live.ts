import { type Engine, startEngine } from '../../server/application/engine.ts';
import type { EngineEvent, RunPlan } from '../../server/application/messages.ts';
import { simulate } from '../../server/application/simulate.ts';
import { policyNames } from '../../server/scheduling/policies/index.ts';
import { POSTER_MODELS, posterBoard, posterSimulation, SWITCH_MS } from '../../server/test/drawing.ts';
import { median } from './median.ts';

const board = posterBoard();

type Ended = Extract<EngineEvent, { type: 'run:ended' }>;

/**
 * Live throughput on the simulated board's processes ÷ the simulator's on the same jobs, per policy; medians of `rounds`. What
 * `fluid` does in the simulator is its plan, and the exact optimum: its ratio is that to the ideal.
 */
export async function benchLive({ rounds, jobsOfEach }: { rounds: number; jobsOfEach: number }) {
  const engine = startEngine();
  const ends = new Map<number, (end: Ended) => void>();
  engine.on((event) => event.type === 'run:ended' && ends.get(event.run)?.(event));
  const once = (asked: RunPlan) =>
    new Promise<Ended>((resolve) => {
      ends.set(asked.run, resolve);
      engine.send({ type: 'run', plan: asked });
    });
  await ready(engine);
  const results = new Map(policyNames().map((policy) => [policy, [] as Ended[]]));
  let run = 0;
  for (let round = 0; round < rounds; round++) {
    for (const policy of policyNames())
      results.get(policy)!.push(await once({ ...plan(policy, jobsOfEach), run: ++run })); // made above
  }
  await engine.close();
  return policyNames().map((policy) => {
    const simulated = simulate(posterSimulation(policy, jobsOfEach)).figures!.throughput; // the poster's policies finish
    const ratios = results.get(policy)!.map((end) => (end.figures?.throughput ?? 0) / simulated); // made above
    return {
      policy,
      jobs: jobsOfEach * 3,
      liveOverSimulated: round4(median(ratios)),
      all: ratios.map(round4),
      hopP50Us: Math.round(median(results.get(policy)!.map((end) => end.quality.hopP50Us))), // made above
      decisionUs: Number(median(results.get(policy)!.map((end) => end.quality.decisionMeanUs)).toFixed(1)), // made above
    };
  });
}

const round4 = (value: number): number => Number(value.toFixed(4));

function plan(policy: string, jobsOfEach: number): Omit<RunPlan, 'run'> {
  return {
    policy,
    units: board.units.map((unit) => unit.id),
    models: POSTER_MODELS,
    jobs: POSTER_MODELS.map(() => jobsOfEach),
    arrivals: { kind: 'closed' },
    seed: 42,
    switchMs: SWITCH_MS,
    noiseCv: 0,
    ranks: 'poster',
    pictures: [],
  };
}

function ready(engine: Engine): Promise<void> {
  return new Promise((resolve) => {
    const up = new Set<string>();
    engine.on((event) => {
      if (event.type === 'unit' && event.unit.status === 'ready') up.add(event.unit.id);
      if (up.size === board.units.length) resolve();
    });
    engine.send({
      type: 'boards',
      boards: [board],
      models: [],
      profiles: [],
      switchCosts: [],
      samples: [],
      version: '0',
    });
  });
}
