import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posterBoard } from '../test/drawing.ts';
import { posterRequest } from '../test/product.ts';
import { estimate } from './estimate.ts';
import { type ExperimentRequest, experimentSpec } from './experiment.ts';
import type { OneSlot } from './one-slot.ts';

const asked = (over: Partial<ExperimentRequest>): OneSlot[] =>
  estimate({
    spec: experimentSpec.parse(posterRequest(10, over)),
    boards: [posterBoard()],
    profiles: [],
  }).warnings.filter((warning) => warning.code === 'one-slot');

test('who keeps the NCS2 at one model is said, and who has its model replaced how often', () => {
  const [ncs2, ...others] = asked({ policies: ['fcfs', 'affinity', 'priority'] });
  assert.deepEqual(others, []);
  assert.equal(ncs2?.unit, 'tinker.ncs2');
  const keepers = ncs2?.kept.flatMap(({ policies }) => policies).sort();
  assert.deepEqual(keepers, ['affinity', 'priority']);
  assert.deepEqual(
    ncs2?.replaced.map(({ policy }) => policy),
    ['fcfs'],
  );
  const [{ switches, switchingMs } = { switches: 0, switchingMs: 0 }] = ncs2?.replaced ?? [];
  assert.ok(switches > 0 && switchingMs === switches * 500, `${switches} switches, ${switchingMs} ms`);
});

test('of a shortened prediction the replacements of the whole run are told', () => {
  const [whole] = asked({
    models: [
      { id: 'mobilenet_v2', jobs: 30_000 },
      { id: 'resnet50', jobs: 30_000 },
    ],
  });
  const [part] = asked({
    models: [
      { id: 'mobilenet_v2', jobs: 10_000 },
      { id: 'resnet50', jobs: 10_000 },
    ],
  });
  const ratio = (whole?.replaced[0]?.switches ?? 0) / (part?.replaced[0]?.switches ?? 1);
  assert.ok(Math.abs(ratio - 3) < 0.1, `${ratio} times as many for three times the jobs`);
});

test('a unit is not spoken of that has nothing to change: one model, or replacing it costs nothing', () => {
  assert.deepEqual(asked({ models: [{ id: 'resnet50', jobs: 10 }] }), []);
  assert.deepEqual(asked({ switchMs: 0 }), []);
});
