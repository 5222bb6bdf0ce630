import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Inferred } from '../../application/infer.ts';
import type { UnitId } from '../../hardware/unit.ts';
import { askAs, type ScratchPanel, scratchPanel, ask as send } from '../scratch.ts';
import type { InferenceView } from '../wire.ts';

let panel: ScratchPanel;
let operator: string;
before(async () => {
  panel = await scratchPanel();
  operator = await panel.sessionOf('operator');
});
after(() => panel.close());

const infer = (body: unknown) => askAs(panel, operator, 'POST', '/api/v1/infer', body);
const errorOf = ({ text }: { readonly text: string }): string => JSON.parse(text).error;
const asked = async () => {
  for (let i = 0; i < 200; i++) {
    const command = panel.commands.findLast(({ type }) => type === 'infer');
    if (command?.type === 'infer') return command.question;
    await new Promise((later) => setTimeout(later, 5));
  }
  throw new Error('the engine was not asked');
};
const served: Inferred = {
  ...{ unit: 'tinker.coral' as UnitId, reason: 'soonest', attempt: 1, switched: false, top: null, unready: [] },
  expected: [{ unit: 'tinker.coral' as UnitId, ms: 3.4 }],
  latency: { queueMs: 0.1, prepareMs: 1, switchMs: 0, computeMs: 3.4, deviceMs: null, hopMs: 0.5, totalMs: 5 },
};

test('the question goes to the engine with the units that can run the model, and the answer comes back with its source', async () => {
  const reply = infer({ model: 'mobilenet_v2', board: 'tinker' });
  const { ask, units, picture } = await asked();
  assert.deepEqual([units.length, picture], [4, null]);
  panel.say({ type: 'inferred', ask, result: { ok: true, value: served } });
  const { status, text } = await reply;
  const answer: InferenceView = JSON.parse(text);
  assert.equal(status, 200);
  assert.deepEqual([answer.unit, answer.source, answer.top, answer.picture], ['tinker.coral', 'simulated', null, null]);
  assert.equal(answer.latency.totalMs, 5);
});

test('a unit that is excluded is not asked by itself, and is when it is named', async () => {
  await askAs(panel, operator, 'PUT', '/api/v1/units/tinker.coral/exclusion', {});
  for (const [body, units] of [
    [{ model: 'mobilenet_v2', board: 'tinker' }, ['tinker.cpu', 'tinker.ncs2', 'tinker.npu']],
    [{ model: 'mobilenet_v2', unit: 'tinker.coral' }, ['tinker.coral']],
  ] as const) {
    panel.commands.length = 0;
    const reply = infer(body);
    const question = await asked();
    assert.deepEqual(question.units, units);
    panel.say({ type: 'inferred', ask: question.ask, result: { ok: false, error: 'it was unplugged' } });
    assert.deepEqual([(await reply).status, errorOf(await reply)], [503, 'it was unplugged']);
  }
  await askAs(panel, operator, 'DELETE', '/api/v1/units/tinker.coral/exclusion');
});

test('while somebody has the board the refusal says who', async () => {
  panel.say({ type: 'measure', state: { board: 'tinker', status: 'measuring', step: null, done: 0, of: 9 } });
  const measuring = await infer({ model: 'mobilenet_v2', board: 'tinker' });
  assert.equal(measuring.status, 409);
  assert.equal(
    errorOf(measuring),
    'the units of Tinker Edge R (simulated) are being measured; ask again when that is over',
  );
  panel.say({ type: 'measure', state: { board: 'tinker', status: 'stopped', reason: 'it was stopped' } });
  const spec = {
    ...{ name: 'night sweep', units: ['tinker.npu'], models: [{ id: 'resnet50', jobs: 10 }], policies: ['fcfs'] },
    workload: { kind: 'closed' },
  };
  const launched = await askAs(panel, operator, 'POST', '/api/v1/experiments', spec);
  assert.equal(launched.status, 201, launched.text);
  const running = await infer({ model: 'mobilenet_v2', board: 'tinker' });
  assert.equal(running.status, 409);
  assert.equal(
    errorOf(running),
    'experiment 1 (night sweep, launched by the operator) has the board; ask again when that is over',
  );
});

test('what cannot be asked is refused in one sentence', async () => {
  for (const [body, status, sentence] of [
    [{ model: 'nothing' }, 404, /there is no model "nothing"/],
    [{ model: 'resnet50', unit: 'tinker.none' }, 404, /there is no unit "tinker.none"/],
    [{ model: 'resnet50', board: 'none' }, 404, /there is no board "none"/],
    [{ model: 'resnet50', unit: 'machine.cpu' }, 400, /none of these units can run "resnet50"/],
    [{ model: 'resnet50', picture: 'x' }, 400, /picture: must be a sha256/],
    [{ model: 'resnet50', picture: 'a'.repeat(64) }, 404, /there is no such picture/],
    [{}, 400, /^model/],
  ] as const) {
    const refused = await infer(body);
    assert.equal(refused.status, status, refused.text);
    assert.match(errorOf(refused), sentence);
  }
  const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/octet-stream' };
  const picture = await send(panel, 'POST', '/api/v1/infer?model=resnet50&board=tinker', headers, 'no picture at all');
  assert.deepEqual([picture.status, errorOf(picture)], [400, 'this is neither a PNG nor a JPEG picture']);
  const viewer = await panel.sessionOf('viewer');
  assert.equal((await askAs(panel, viewer, 'POST', '/api/v1/infer', { model: 'resnet50' })).status, 403);
});
