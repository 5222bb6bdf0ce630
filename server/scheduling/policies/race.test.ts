import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyOptions, unitsOf } from '../../application/platform.ts';
import { givenProfiles, simulate } from '../../application/simulate.ts';
import { POSTER_MODELS, posterPlatform, posterSimulation } from '../../test/drawing.ts';
import { definePolicy, type PolicyMaker } from '../policy.ts';
import type { RaceRound } from '../race-round.ts';
import type { Scene } from '../rehearsal.ts';
import { fcfs } from './fcfs.ts';
import { raceOf, rehearseAll } from './race.ts';
import { sufferage } from './sufferage.ts';

const never: PolicyMaker = definePolicy('never', 'Would rather wait.', () => () => null);

test('a batch is given to the policy that ends it first', () => {
  const race = simulate(posterSimulation('race', 100)).figures?.makespanMs;
  const fluid = simulate(posterSimulation('fluid', 100)).figures?.makespanMs;
  assert.equal(race, fluid);
});

test('on a stream with deadlines it misses no more than the best of the others does, but for a twentieth', () => {
  const stream = posterSimulation('race', 600, {
    arrivals: { kind: 'poisson', ratePerS: 91 },
    deadlineMs: [50, 150, 250],
  });
  const missed = (policy: string) => simulate({ ...stream, policy }).figures?.missRate ?? 1;
  assert.ok(missed('race') <= 1.05 * Math.min(...['fluid', 'deadline', 'sufferage', 'mct'].map(missed)));
});

test('the scene of a rehearsal is real: who never serves loses it, who serves well wins it', () => {
  const options = optionsFor();
  const figures = new Map(
    rehearseAll(sceneOf(options), [fcfs, sufferage, never], options).map(({ policy, value }) => [policy, value]),
  );
  assert.equal(figures.get('never'), Number.POSITIVE_INFINITY);
  assert.ok(figures.get('sufferage')! < figures.get('fcfs')!);
});

test('whoever takes over is told of all that waits: no job is lost when a bad start is corrected', () => {
  const rounds: RaceRound[] = [];
  const options = { ...optionsFor(), onRound: (round: RaceRound) => rounds.push(round) };
  const scene = sceneOf(options);
  const [entry] = rehearseAll(scene, [raceOf(() => [fcfs, sufferage])], options);
  assert.ok(Number.isFinite(entry?.value), 'every job was done');
  assert.equal(rounds[0]?.winner, 'sufferage');
  assert.equal(rounds[0]?.switched, true);
  assert.deepEqual(
    rounds[0]?.entries.map(({ policy }) => policy),
    ['fcfs', 'sufferage'],
  );
});

function optionsFor() {
  const units = unitsOf(posterPlatform(), POSTER_MODELS, [1, 1, 1], { switchMs: 500, depth: 1 });
  return policyOptions(posterPlatform(), units, POSTER_MODELS, { jobs: [30, 30, 30] }, 'profiler', {});
}

function sceneOf({ units }: ReturnType<typeof optionsFor>): Scene {
  const jobs = Array.from({ length: 90 }, (_, i) => ({
    model: POSTER_MODELS[i % 3]!,
    atMs: 0,
    withinMs: Number.POSITIVE_INFINITY,
    priority: 0,
  }));
  return {
    jobs,
    declared: true,
    noiseCv: 0,
    seed: 0,
    figure: 'makespan',
    profiles: givenProfiles(posterPlatform(), POSTER_MODELS),
    units,
  };
}
