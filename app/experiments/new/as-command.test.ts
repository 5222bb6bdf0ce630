import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { readQuestion } from '../../../scripts/simulate-question.ts';
import { parseValues } from '../../../scripts/simulate-values.ts';
import { type ExperimentRequest, experimentSpec } from '../../../server/application/experiment.ts';
import { asCurl, asJson, asSimulation } from './as-command.ts';

const spec = (over: Partial<ExperimentRequest> = {}) =>
  experimentSpec.parse({
    units: ['tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu'],
    models: ['mobilenet_v2', 'resnet50', 'resnet101'].map((id, i) => ({ id, jobs: 100 + i })),
    policies: ['sjf'],
    workload: { kind: 'closed' },
    switchMs: 500,
    ...over,
  });
/** What the command line makes of a line. */
function understood(line: string) {
  const [, program, command, ...options] = line.split(' ');
  assert.deepEqual([program, command], ['switchyard', 'simulate']);
  return readQuestion(parseValues(options));
}

test('the simulator’s command line understands the command, and simulates the same question', () => {
  const [line = ''] = (asSimulation(spec({ noiseCv: 0.1, seed: 7, repeats: 1 })) ?? '').split('\n');
  const { policies, simulation, arrivals } = understood(line);
  assert.deepEqual(policies, ['sjf']);
  assert.deepEqual([...simulation.counts], [100, 101, 102]);
  assert.deepEqual([simulation.conditions.switchMs, simulation.noiseCv, simulation.seed], [500, 0.1, 7]);
  assert.deepEqual(arrivals, { kind: 'closed' });
});

test('arrivals, deadlines and priorities come along', () => {
  for (const workload of [
    { kind: 'poisson', ratePerS: 20 },
    { kind: 'bursts', load: 0.8, factor: 4, burstMs: 1000 },
    { kind: 'multi-stream' },
  ] as const) {
    const models = [
      { id: 'mobilenet_v2', jobs: 8, deadlineMs: 50 },
      { id: 'resnet50', jobs: 1, priority: 3 },
      { id: 'resnet101', jobs: 1 },
    ];
    const { arrivals, simulation } = understood(asSimulation(spec({ workload, models })) ?? '');
    assert.equal(arrivals.kind, workload.kind);
    assert.deepEqual(simulation.priority, [0, 3, 0]);
    assert.equal(simulation.deadlineMs?.[0], 50);
  }
});

test('a line for each policy and repeat, each repeat with its seed', () => {
  const lines = (asSimulation(spec({ policies: ['fcfs', 'sjf'], repeats: 2, seed: 42 })) ?? '').split('\n');
  assert.deepEqual(
    lines.map((line) => [understood(line).policies[0], understood(line).simulation.seed]),
    [
      ['fcfs', 42],
      ['sjf', 42],
      ['fcfs', 43],
      ['sjf', 43],
    ],
  );
});

test('what the command line cannot say is not said', () => {
  for (const over of [
    { units: ['tinker.cpu'] },
    { units: ['machine.cpu'] },
    { models: [{ id: 'my-net', jobs: 5 }] },
    { ranks: { 'tinker.cpu': ['resnet50'] } },
    { workload: { kind: 'trace', trace: 'a'.repeat(64) } },
    { workload: { kind: 'server', ratePerS: 10, p99Ms: 100 } },
  ] as Partial<ExperimentRequest>[])
    assert.equal(asSimulation(spec(over)), null, JSON.stringify(over));
});

test('the curl command carries the very experiment through a shell, whatever it is called', () => {
  const named = spec({ name: `it's "quoted" $HOME \`x\`` });
  const command = asCurl(named, 'http://127.0.0.1:8080').replace(/^curl/, `printf '%s\\n'`);
  const said = spawnSync('sh', ['-c', command], {
    env: { ...process.env, SWITCHYARD_TOKEN: 'abc' },
    encoding: 'utf8',
  }).stdout.split('\n');
  assert.equal(said[0], 'http://127.0.0.1:8080/api/v1/experiments');
  assert.ok(said.includes('Authorization: Bearer abc'));
  assert.deepEqual(experimentSpec.parse(JSON.parse(said.at(-2) ?? '')), named);
  assert.deepEqual(experimentSpec.parse(JSON.parse(asJson(named))), named);
});
