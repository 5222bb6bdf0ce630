import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experimentSpec } from '../../../server/application/experiment.ts';
import type { BoardView, UnitView } from '../../../server/panel/wire.ts';
import { POLICIES } from '../../../server/scheduling/policies/index.ts';
import { en } from '../../ui/words/en.ts';
import { check } from './check.ts';
import { type Draft, draftFrom, draftOf, EMPTY, givenRanks, PRESETS, requestOf } from './draft.ts';

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
  warmUpS: 5,
  coolToC: 55.5,
  switchMs: 250.5,
  noiseCv: 0.15,
  ranks: { 'tinker.cpu': ['resnet101', 'resnet50'], 'tinker.npu': ['resnet50', 'resnet101'] },
});

test('an experiment that is asked for again is the same experiment', () => {
  assert.deepEqual(experimentSpec.parse(requestOf(draftFrom(asked))), asked);
  const rate = experimentSpec.parse({ ...asked, workload: { kind: 'poisson', ratePerS: 12.5 }, switchMs: 'forbidden' });
  assert.deepEqual(experimentSpec.parse(requestOf(draftFrom(rate))), rate);
});

test('every way of arriving comes back as it was asked for, deadlines and priorities too', () => {
  const models = [
    { id: 'resnet50', jobs: 7, deadlineMs: 150.5, priority: 3 },
    { id: 'resnet101', jobs: 3 },
  ];
  for (const workload of [
    { kind: 'closed' },
    { kind: 'bursts', load: 0.7, factor: 3.5, burstMs: 250 },
    { kind: 'trace', trace: 'a'.repeat(64) },
    { kind: 'offline' },
    { kind: 'server', ratePerS: 40, p99Ms: 80 },
    { kind: 'single-stream' },
    { kind: 'multi-stream' },
  ] as const) {
    const spec = experimentSpec.parse({ ...asked, models, workload });
    assert.deepEqual(experimentSpec.parse(requestOf(draftFrom(spec))), spec);
  }
});

test('what is wrong stands beside the field it is wrong in', () => {
  const wrong = (over: Partial<Draft>) => Object.keys(check({ ...draftFrom(asked), ...over }, en).errors);
  assert.deepEqual(wrong({ way: 'bursts', burstFactor: '0.5', burstMs: '' }), ['workload.factor', 'workload.burstMs']);
  assert.deepEqual(wrong({ way: 'server', p99Ms: '0' }), ['workload.p99Ms']);
  assert.deepEqual(wrong({ way: 'server', loadPercent: '' }), ['workload']);
  assert.deepEqual(wrong({ way: 'trace' }), ['workload.trace']);
  assert.deepEqual(wrong({ deadlines: { resnet50: '0' }, priorities: { resnet101: '256' } }), [
    'models.resnet50.deadlineMs',
    'models.resnet101.priority',
  ]);
});

test('a number that was not typed is refused, not taken for zero', () => {
  const draft = { ...draftFrom(asked), repeats: '', jobs: { resnet50: ' ' } };
  const read = experimentSpec.safeParse(requestOf(draft));
  assert.deepEqual(read.error?.issues.map((issue) => issue.path.join('.')).sort(), ['models.0.jobs', 'repeats']);
});

test('presets set ours beside the poster’s four: fluid for a batch, fluid and race for a stream', () => {
  const board = (id: string, simulated: boolean) => ({
    ...{ id, simulated, name: id, custom: false, models: ['a', 'b', 'c', 'd'] },
    units: [{ id: `${id}.u` } as UnitView],
  });
  const boards: BoardView[] = [board('machine', false), board('tinker', true)];
  const policies = POLICIES.map(({ name, summary }) => ({ name, summary }));
  const made = PRESETS.map((preset) => draftOf(preset, boards, policies, preset));
  const four = ['fcfs', 'affinity', 'sjf', 'priority'];
  assert.deepEqual(
    made.map((draft) => [draft?.name, draft?.way, new Set(draft?.policies)]),
    [
      ['poster', 'closed', new Set(four)],
      ['best', 'closed', new Set(POLICIES.map(({ name }) => name))],
      ['ours', 'closed', new Set(['fluid', ...four])],
      ['slo', 'server', new Set(['fluid', 'deadline', 'mct', ...four])],
      ['poisson', 'poisson', new Set(['fluid', 'race', ...four])],
      ['real', 'closed', new Set(['fcfs', 'sjf'])],
    ],
  );
  assert.deepEqual([made[1]?.repeats, made[2]?.repeats], ['3', '1']);
  assert.deepEqual(made[1]?.jobs, { a: '100', b: '100', c: '100' });
});

test('ranks name every chosen unit and model, those chosen later at the end', () => {
  const given = { a: ['y', 'gone'] };
  assert.deepEqual(givenRanks({ ...EMPTY, units: ['a', 'b'], jobs: { x: '1', y: '1' }, given }), {
    a: ['y', 'x'],
    b: ['x', 'y'],
  });
});

test('a unit that was excluded is left out of what a preset fills in, and stays in what is asked again', () => {
  const unit = (id: string, excluded: UnitView['excluded']) => ({ id, excluded }) as UnitView;
  const why = { reason: 'USB 2.0', who: 'ada', at: '2026-11-28T09:00:00.000Z' };
  const board = {
    ...{ id: 'tinker', simulated: true, custom: false, models: ['resnet50'] },
    units: [unit('tinker.cpu', null), unit('tinker.npu', why)],
  } as unknown as BoardView;
  assert.deepEqual(draftOf('poster', [board], [], 'poster')?.units, ['tinker.cpu']);
  assert.deepEqual(draftFrom(asked).units, ['tinker.cpu', 'tinker.npu']);
});
