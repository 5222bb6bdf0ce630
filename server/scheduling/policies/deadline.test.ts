import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../../application/simulate.ts';
import { posterSimulation } from '../../test/drawing.ts';
import { REASONS } from '../reason.ts';

const stream = posterSimulation('deadline', 800, {
  arrivals: { kind: 'poisson', ratePerS: 91 },
  deadlineMs: [50, 150, 250],
  explained: true,
});

test('at 0.9 load it misses less than half of what the best of the field misses', () => {
  const missed = (policy: string) => simulate({ ...stream, policy, noiseCv: 0.1 }).figures?.missRate ?? 1;
  const best = Math.min(...['mct', 'sufferage', 'heft', 'minmin', 'maxweight'].map(missed));
  assert.ok(missed('deadline') <= 0.5 * best, `${missed('deadline')} against ${best}`);
});

test('what is started as pressing is in time, and what is late is started as leftover', () => {
  const { trace } = simulate(stream);
  let pressing = 0;
  for (let row = 0; row < trace.rows; row++) {
    if (REASONS[trace.reason[row]!] !== 'pressing') continue; // row < rows
    pressing++;
    assert.ok(trace.endMs[row]! <= trace.deadlineMs[row]! + 1e-6, `job ${trace.job[row]}`);
  }
  assert.ok(pressing > 1500);
});

test('a higher priority is late less often', () => {
  const [plain, first] = [undefined, [0, 0, 9]].map(
    (priority) =>
      simulate({ ...stream, arrivals: { kind: 'poisson', ratePerS: 115 }, ...(priority ? { priority } : {}) }).figures
        ?.perModel,
  );
  assert.ok((first?.resnet101?.missRate ?? 1) < (plain?.resnet101?.missRate ?? 0));
});

test('a long job is not let in where it would make many short ones late', () => {
  const short = {
    ...stream,
    counts: [4800, 600, 600],
    arrivals: { kind: 'poisson', ratePerS: 260 },
    noiseCv: 0.1,
  } as const;
  const missed = (policy: string) => simulate({ ...short, policy }).figures?.missRate ?? 1;
  assert.ok(missed('deadline') < 0.25 * missed('affinity'), `${missed('deadline')}`);
});
