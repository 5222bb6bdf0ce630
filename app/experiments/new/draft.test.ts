import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experimentSpec } from '../../../server/application/experiment.ts';
import { draftFrom, EMPTY, givenRanks, requestOf } from './draft.ts';

const asked = experimentSpec.parse({
  name: 'again',
  units: ['tinker.cpu', 'tinker.npu'],
  models: [
    { id: 'resnet50', jobs: 7 },
    { id: 'resnet101', jobs: 3 },
  ],
  policies: ['sjf', 'priority'],
  workload: { kind: 'poisson', load: 0.855 },
  repeats: 4,
  seed: 9,
  switchMs: 250.5,
  noiseCv: 0.15,
  ranks: { 'tinker.cpu': ['resnet101', 'resnet50'], 'tinker.npu': ['resnet50', 'resnet101'] },
});

test('an experiment that is asked for again is the same experiment', () => {
  assert.deepEqual(experimentSpec.parse(requestOf(draftFrom(asked))), asked);
  const rate = experimentSpec.parse({ ...asked, workload: { kind: 'poisson', ratePerS: 12.5 }, switchMs: 'forbidden' });
  assert.deepEqual(experimentSpec.parse(requestOf(draftFrom(rate))), rate);
});

test('a number that was not typed is refused, not taken for zero', () => {
  const draft = { ...draftFrom(asked), repeats: '', jobs: { resnet50: ' ' } };
  const read = experimentSpec.safeParse(requestOf(draft));
  assert.deepEqual(read.error?.issues.map((issue) => issue.path.join('.')).sort(), ['models.0.jobs', 'repeats']);
});

test('ranks name every chosen unit and model, those chosen later at the end', () => {
  const given = { a: ['y', 'gone'] };
  assert.deepEqual(givenRanks({ ...EMPTY, units: ['a', 'b'], jobs: { x: '1', y: '1' }, given }), {
    a: ['y', 'x'],
    b: ['x', 'y'],
  });
});
