import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { posterBoard } from '../test/drawing.ts';
import { type ExperimentRequest, experimentSpec } from './experiment.ts';
import type { KeptExperiment } from './ledger.ts';
import { check, planOf, type Stock } from './run-plan.ts';
import { openTraceStore } from './trace-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-plan-'));
after(() => rmSync(folder, { recursive: true }));
const traces = openTraceStore(folder);
const lines = '{"atMs":0,"model":"resnet50"}\n{"atMs":9,"model":"mobilenet_v2"}\n{"atMs":9,"model":"resnet50"}';
const added = await traces.add(new TextEncoder().encode(lines), 'three');
const trace = added.ok ? added.value.sha256 : '';
const stock: Stock = { boards: [posterBoard()], models: [], pictures: [], traces: traces.list(), policies: ['fcfs'] };

const specOf = (over: Partial<ExperimentRequest>) =>
  experimentSpec.parse({
    units: ['tinker.npu'],
    models: [
      { id: 'resnet50', jobs: 2 },
      { id: 'mobilenet_v2', jobs: 1 },
    ],
    policies: ['fcfs'],
    workload: { kind: 'trace', trace },
    ...over,
  });
const errorOf = (over: Partial<ExperimentRequest>) => {
  const said = check(specOf(over), stock);
  return said.ok ? null : said.error;
};

test('a recorded stream says itself how many jobs of which models there are', () => {
  assert.equal(errorOf({}), null);
  assert.equal(
    errorOf({ models: [{ id: 'resnet50', jobs: 2 }] }),
    'the recorded stream has 1 jobs of "mobilenet_v2", not 0',
  );
  const more = [...specOf({}).models, { id: 'resnet101', jobs: 1 }];
  assert.equal(errorOf({ models: more }), 'the recorded stream has 0 jobs of "resnet101", not 1');
  const gone = { kind: 'trace', trace: 'b'.repeat(64) } as const;
  assert.equal(errorOf({ workload: gone }), 'there is no recorded stream bbbbbbbbbbbb…');
});

test('a plan names the file of its recorded stream, and deadlines in the order of its models', () => {
  const models = [
    { id: 'resnet50', jobs: 2, deadlineMs: 80 },
    { id: 'mobilenet_v2', jobs: 1, priority: 7 },
  ];
  const run = { id: 1, policy: 'fcfs', repeat: 1 };
  const plan = planOf({ spec: specOf({ models }), ratePerS: null } as KeptExperiment, run, stock);
  assert.ok(plan.ok);
  assert.deepEqual(plan.value.models, ['mobilenet_v2', 'resnet50']);
  assert.deepEqual(plan.value.arrivals, { kind: 'trace', file: traces.list()[0]?.file });
  assert.deepEqual(plan.value.deadlineMs, [Number.POSITIVE_INFINITY, 80]);
  assert.deepEqual(plan.value.priority, [7, 0]);
});

test('a load is planned as the rate that it came to', () => {
  const workload = { kind: 'bursts', load: 0.5, factor: 2, burstMs: 100 } as const;
  const plan = planOf(
    { spec: specOf({ workload }), ratePerS: 12 } as KeptExperiment,
    { id: 1, policy: 'fcfs', repeat: 1 },
    stock,
  );
  assert.deepEqual(plan.ok && plan.value.arrivals, { kind: 'bursts', ratePerS: 12, factor: 2, burstMs: 100 });
  assert.equal(plan.ok && 'deadlineMs' in plan.value, false);
});
