import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { InferenceView, ModelDetail, PictureView, ProfileRecord, UnitDetail } from '../panel/wire.ts';
import {
  claim,
  type Person,
  type Product,
  posterRequest,
  root,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from './product.ts';

// Single inferences on the product itself: real networks on this machine's CPU, and simulated units that can be broken.

const folder = temporaryFolder();
let product: Product;
let owner: Person;
let picture: string;

before(async () => {
  product = await startProduct(folder.path);
  owner = await claim(product);
  picture = (await owner.get<PictureView[]>('/pictures'))[0]?.sha256 ?? '';
});
after(async () => {
  await product?.stop();
  folder.remove();
});

const infer = (body: unknown) => owner.post<InferenceView>('/infer', body);
const refusal = async (body: unknown): Promise<[number, string]> => {
  const response = await owner.ask('POST', '/infer', body);
  return [response.status, ((await response.json()) as { error: string }).error];
};
const fault = (unit: string, kind: string) => owner.post(`/units/${unit}/fault`, { kind });

test('a real network answers with five classes, and the parts of its time make up the whole', async () => {
  const first = await infer({ model: 'mobilenet_v2', picture });
  assert.deepEqual([first.unit, first.source, first.trained, first.top?.length], ['machine.cpu', 'hardware', false, 5]);
  assert.ok(first.top?.every(({ logit, label }) => Number.isFinite(logit) && label === null));
  const { queueMs, prepareMs, switchMs, computeMs, hopMs, totalMs } = first.latency;
  assert.ok(Math.abs(queueMs + prepareMs + switchMs + computeMs + hopMs - totalMs) < 1e-6);
  assert.ok(computeMs > 1 && hopMs > 0 && hopMs < totalMs, JSON.stringify(first.latency));
  assert.equal(first.reason, 'soonest');
  const again = await infer({ model: 'mobilenet_v2', picture });
  assert.deepEqual(again.top, first.top, 'the same picture, the same answer');
  assert.equal(again.latency.switchMs, 0, 'the model was resident');
});

test('a picture that is sent along is looked at, and not kept', async () => {
  const bytes = readFileSync(join(root, 'public/samples/leaf.jpg'));
  const response = await fetch(`${product.ready.url}/api/v1/infer?model=mobilenet_v2`, {
    method: 'POST',
    body: bytes,
    headers: { origin: product.ready.url, cookie: owner.cookie(), 'content-type': 'application/octet-stream' },
  });
  const answer = (await response.json()) as InferenceView;
  assert.equal(response.status, 200, JSON.stringify(answer));
  assert.ok((answer.picture?.width ?? 0) > 8);
  const kept = (await owner.get<PictureView[]>('/pictures')).find(({ name }) => /leaf/i.test(name));
  assert.deepEqual((await infer({ model: 'mobilenet_v2', picture: kept?.sha256 })).top, answer.top);
  assert.ok((await owner.get<PictureView[]>('/pictures')).every(({ sample }) => sample));
});

test('of simulated units the one that ends soonest serves it, says so, and has no classes', async () => {
  const answer = await infer({ model: 'mobilenet_v2', board: 'tinker' });
  assert.deepEqual([answer.unit, answer.source, answer.top], ['tinker.coral', 'simulated', null]);
  const expected = Object.fromEntries(answer.expected.map(({ unit, ms }) => [unit, ms]));
  assert.deepEqual(Object.keys(expected), ['tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu']);
  const [coral = 0, npu = 0, cpu = 0] = ['coral', 'npu', 'cpu'].map((unit) => expected[`tinker.${unit}`] ?? 0);
  assert.ok(coral > 3.39 && coral < npu && npu < cpu, JSON.stringify(expected)); // the clock goes on while they are told
  assert.ok(answer.latency.computeMs >= 3.3, JSON.stringify(answer.latency));
});

test('a unit with room for one model says that another had to leave', async () => {
  await infer({ model: 'mobilenet_v2', unit: 'tinker.ncs2' });
  const { live } = (await owner.get<UnitDetail>('/units/tinker.ncs2')).unit;
  const other = await infer({ model: 'resnet50', unit: 'tinker.ncs2' });
  assert.equal(other.switched, true);
  const after = await until(async () => {
    const { unit } = await owner.get<UnitDetail>('/units/tinker.ncs2');
    return unit.live.resident.includes('resnet50') ? unit.live : undefined;
  }, 'the resident model');
  assert.deepEqual([after.resident, after.switches], [['resnet50'], 1]);
  assert.equal(after.jobs - live.jobs <= 2, true);
});

test('a unit that is away is left out and said to be; asked by name it is refused with the reason', async () => {
  await fault('tinker.coral', 'leave');
  await until(
    async () => ((await owner.get<UnitDetail>('/units/tinker.coral')).unit.live.status === 'absent' ? true : undefined),
    'the loss',
  );
  const answer = await infer({ model: 'mobilenet_v2', board: 'tinker' });
  assert.equal(answer.unit, 'tinker.npu');
  assert.deepEqual(answer.unready, [{ unit: 'tinker.coral', reason: 'it was unplugged' }]);
  assert.deepEqual(await refusal({ model: 'mobilenet_v2', unit: 'tinker.coral' }), [
    503,
    'Google Coral USB is absent: it was unplugged',
  ]);
  await fault('tinker.coral', 'return');
  await until(
    async () => ((await owner.get<UnitDetail>('/units/tinker.coral')).unit.live.status === 'ready' ? true : undefined),
    'the return',
  );
  const { events } = await owner.get<UnitDetail>('/units/tinker.coral');
  assert.deepEqual(events.items.map(({ kind }) => kind).sort(), ['back', 'fault', 'fault', 'left']);
});

test('an inference whose unit is lost with it is served by another, and says so', async () => {
  await fault('tinker.coral', 'hang');
  const answer = await infer({ model: 'mobilenet_v2', board: 'tinker' });
  assert.deepEqual([answer.unit, answer.attempt], ['tinker.npu', 2]);
});

test('a real unit is reset to a process of its own, and serves again', async () => {
  const before = (await owner.get<UnitDetail>('/units/machine.cpu')).unit.live.pid;
  await owner.post('/units/machine.cpu/reset', {});
  const answer = await infer({ model: 'mobilenet_v2', picture });
  const { unit, machine, upSince } = await owner.get<UnitDetail>('/units/machine.cpu');
  assert.notEqual(unit.live.pid, before);
  assert.ok(answer.latency.switchMs > 0, 'the new process had to load it');
  assert.ok(machine && upSince);
});

test('while a run has the board the refusal names it, and the run’s model is resident afterwards', async () => {
  const { id } = await owner.post<{ id: number }>('/experiments', posterRequest(20, { name: 'night sweep' }));
  const [status, sentence] = await refusal({ model: 'mobilenet_v2', picture });
  assert.equal(status, 409);
  assert.match(sentence, /^experiment 1 \(night sweep, launched by ada\) has the board; ask again when that is over$/);
  await whenOver(owner, id);
  assert.equal((await infer({ model: 'mobilenet_v2', picture })).unit, 'machine.cpu');
  assert.equal((await owner.get<UnitDetail>('/units/tinker.ncs2')).unit.live.resident.length, 1);
});

test('a model says what its file is, and what was measured stands in its history', async () => {
  const model = await owner.get<ModelDetail>('/models/resnet50');
  assert.deepEqual(
    [model.parameters, model.bytes, model.weights, model.format, model.classes, model.labels, model.addedAt],
    [25_636_712, 102_566_105, 'fp32', 'onnx', 1000, null, null],
  );
  const records = await until(
    async () => {
      const found = await owner.get<ProfileRecord[]>('/profiles?model=mobilenet_v2&unit=machine.cpu');
      return found.length > 0 ? found : undefined;
    },
    'the first measurement',
    60_000,
  );
  assert.ok((records[0]?.meanMs ?? 0) > 1);
});
