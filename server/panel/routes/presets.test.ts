import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { experimentSpec } from '../../application/experiment.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { PresetView } from '../wire.ts';

let panel: ScratchPanel;
let operator: string;
before(async () => {
  panel = await scratchPanel();
  operator = await panel.sessionOf('operator');
});
after(() => panel.close());

const spec = experimentSpec.parse({
  units: ['tinker.cpu'],
  models: [{ id: 'resnet50', jobs: 7 }],
  policies: ['sjf'],
  workload: { kind: 'closed' },
});
const ask = (method: string, path: string, body?: unknown) => askAs(panel, operator, method, `/api/v1${path}`, body);
const list = async (): Promise<PresetView[]> => JSON.parse((await ask('GET', '/presets')).text);

test('a preset is kept whole, and one of its name takes its place at the same address', async () => {
  const kept = await ask('POST', '/presets', { name: ' Paper, final ', spec });
  assert.equal(kept.status, 201);
  const preset = { id: 'paper-final', name: 'Paper, final', spec, createdBy: 'the operator' };
  assert.deepEqual(JSON.parse(kept.text), preset);
  const more = { ...spec, repeats: 5 };
  await ask('POST', '/presets', { name: 'Paper, final', spec: more });
  assert.deepEqual(await list(), [{ ...preset, spec: more }]);
  assert.equal((await ask('DELETE', '/presets/paper-final')).status, 200);
  assert.equal((await ask('DELETE', '/presets/paper-final')).status, 404);
  assert.deepEqual(await list(), []);
});

test('what could not be asked is not kept, and who only watches keeps nothing', async () => {
  const refused = await ask('POST', '/presets', { name: 'x', spec: { ...spec, policies: [] } });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /choose at least one policy/);
  assert.equal((await ask('POST', '/presets', { name: '  ', spec })).status, 400);
  const viewer = await panel.sessionOf('viewer');
  assert.equal((await askAs(panel, viewer, 'GET', '/api/v1/presets')).status, 200);
  assert.equal((await askAs(panel, viewer, 'POST', '/api/v1/presets', { name: 'x', spec })).status, 403);
  assert.deepEqual(await list(), []);
});
