import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RaceRound } from '../../../server/panel/wire.ts';
import { candidatesOf, reignsOf, sharesOf } from './race.ts';

const round = (atMs: number, winner: string, ...others: string[]): RaceRound => ({
  atMs,
  figure: 'p99',
  entries: [winner, ...others].map((policy, i) => ({ policy, value: 10 + i })),
  winner,
  switched: false,
  jobs: 100,
  tookMs: 5,
});

test('a policy that wins again stays in charge, and the last does so to the end', () => {
  const rounds = [round(100, 'fluid', 'mct'), round(200, 'fluid', 'mct'), round(300, 'mct', 'fluid', 'sjf')];
  const reigns = reignsOf(rounds, 500);
  assert.deepEqual(reigns, [
    { policy: 'fluid', fromMs: 0, toMs: 300 },
    { policy: 'mct', fromMs: 300, toMs: 500 },
  ]);
  assert.deepEqual(sharesOf(reigns), [
    { policy: 'fluid', share: 0.6 },
    { policy: 'mct', share: 0.4 },
  ]);
  assert.deepEqual(candidatesOf(rounds), ['fluid', 'mct', 'sjf']);
});

test('who took over at the first rehearsal was not in charge before it', () => {
  const [reign] = reignsOf([{ ...round(100, 'mct', 'fluid'), switched: true }], 500);
  assert.deepEqual(reign, { policy: 'mct', fromMs: 100, toMs: 500 });
});

test('before the first rehearsal nobody is known to be in charge', () => {
  assert.deepEqual(reignsOf([], 500), []);
  assert.deepEqual(sharesOf([]), []);
});
