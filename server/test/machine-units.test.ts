import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TINY_RANGES, tinyNetwork } from '../hardware/networks/tiny.ts';
import { bytesOf, tinyModel } from '../hardware/onnx/tiny-model.ts';
import { writeOnnx } from '../hardware/onnx/write.ts';
import { writeOnnxInt8 } from '../hardware/onnx/write-lowered.ts';
import { writeTflite } from '../hardware/tflite/write.ts';
import type { BoardState, InferenceView, ModelDetail, PictureView, ProfileRecord } from '../panel/wire.ts';
import {
  claim,
  linesOf,
  type Person,
  type Product,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from './product.ts';

// This machine's processor as three units, each with a library or a precision of its own, and files of the same network for each.

const folder = temporaryFolder();
const UNITS = ['machine.cpu', 'machine.tflite', 'machine.tflite-int8'];
let product: Product;
let owner: Person;
let picture: string;

before(async () => {
  product = await startProduct(folder.path, [
    ...['env', 'SWITCHYARD_UNITS=onnx,tflite,tflite-int8'],
    ...[process.execPath, 'dist/server.js', '--ready-json'],
  ]);
  owner = await claim(product);
  picture = (await owner.get<PictureView[]>('/pictures'))[0]?.sha256 ?? '';
  await until(async () => {
    const { files } = await owner.get<ModelDetail>('/models/mobilenet_v2');
    return files.filter((file) => file.bytes !== null && file.units.length > 0).length === 3 || undefined;
  }, 'the files of every unit');
});
after(async () => {
  await product?.stop();
  folder.remove();
});

test('the board has a unit for each library and precision that was asked for', async () => {
  const { boards } = await owner.get<BoardState>('/board');
  const machine = boards.find(({ id }) => id === 'machine');
  assert.deepEqual(
    machine?.units.map(({ id, driver, precision, source }) => [id, driver, precision, source]),
    [
      ['machine.cpu', 'onnx', 'fp32', 'hardware'],
      ['machine.tflite', 'tflite', 'fp32', 'hardware'],
      ['machine.tflite-int8', 'tflite', 'int8', 'hardware'],
    ],
  );
  assert.match(machine?.units[2]?.name ?? '', /, TensorFlow Lite INT8$/);
});

test('a model says which of its files each unit runs', async () => {
  const { files } = await owner.get<ModelDetail>('/models/mobilenet_v2');
  const taken = files.map(({ format, precision, units }) => [`${format}-${precision}`, ...units]);
  assert.deepEqual(taken.slice(0, 3), [
    ['onnx-fp32', 'machine.cpu'],
    ['tflite-fp32', 'machine.tflite'],
    ['tflite-int8', 'machine.tflite-int8'],
  ]);
  const [onnx, lite] = files;
  assert.deepEqual([onnx?.parameters, lite?.parameters, lite?.originalParameters], [3_538_984, 3_487_816, 3_538_984]);
});

test('the same picture is the same class to all of them', async () => {
  const tops: (number | undefined)[] = [];
  for (const unit of UNITS) {
    const answer = await owner.post<InferenceView>('/infer', { model: 'mobilenet_v2', picture, unit });
    assert.equal(answer.unit, unit);
    tops.push(answer.top?.[0]?.index);
  }
  assert.ok(tops[0] !== undefined);
  assert.deepEqual(tops, [tops[0], tops[0], tops[0]]);
});

test('a run keeps all of them at work', async () => {
  const experiment = {
    ...{ name: 'three', units: UNITS, models: [{ id: 'mobilenet_v2', jobs: 60 }] },
    ...{ policies: ['fcfs'], workload: { kind: 'closed' } },
  };
  const { id } = await owner.post<{ id: number }>('/experiments', experiment);
  const over = await whenOver(owner, id);
  const [run] = over.runs;
  assert.deepEqual([run?.status, run?.done, run?.failed], ['done', 60, 0]);
  const units = new Set((await linesOf(owner, run?.id ?? 0)).map((line) => line.unit));
  assert.deepEqual([...units].sort(), UNITS);
});

const send = async (path: string, bytes: Uint8Array) => {
  const response = await fetch(`${product.ready.url}/api/v1${path}`, {
    method: 'POST',
    body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    headers: { origin: product.ready.url, cookie: owner.cookie(), 'content-type': 'application/octet-stream' },
  });
  return [response.status, (await response.json()) as ModelDetail & { error?: string }] as const;
};
const unitsOf = async (id: string) => {
  const { boards } = await owner.get<BoardState>('/board');
  const units = boards.find((board) => board.id === 'machine')?.units ?? [];
  return units.filter(({ runs }) => runs?.includes(id)).map((unit) => unit.id);
};

test('a unit takes jobs of a model only once there is a file that it reads', async () => {
  const [status] = await send('/models?id=own&format=onnx', bytesOf(writeOnnx(tinyNetwork())));
  assert.equal(status, 201);
  assert.deepEqual(await unitsOf('own'), ['machine.cpu']);
  const refused = await owner.ask('POST', '/infer', { model: 'own', picture, unit: 'machine.tflite' });
  assert.deepEqual(
    [refused.status, ((await refused.json()) as { error: string }).error],
    [400, 'none of these units can run "own"'],
  );
  const experiment = {
    ...{ name: 'own', units: ['machine.cpu', 'machine.tflite'], models: [{ id: 'own', jobs: 20 }] },
    ...{ policies: ['fcfs'], workload: { kind: 'closed' } },
  };
  const run = async () => {
    const { id } = await owner.post<{ id: number }>('/experiments', experiment);
    const [only] = (await whenOver(owner, id)).runs;
    assert.deepEqual([only?.status, only?.done], ['done', 20], only?.reason ?? '');
    return new Set((await linesOf(owner, only?.id ?? 0)).map((line) => line.unit));
  };
  assert.deepEqual([...(await run())], ['machine.cpu']);
  const [added, model] = await send('/models/own/files?format=tflite', writeTflite(tinyNetwork()));
  assert.equal(added, 201, model.error);
  assert.deepEqual(await unitsOf('own'), ['machine.cpu', 'machine.tflite']);
  const answer = await owner.post<InferenceView>('/infer', { model: 'own', picture, unit: 'machine.tflite' });
  assert.equal(answer.top?.length, 4);
  assert.deepEqual([...(await run())].sort(), ['machine.cpu', 'machine.tflite']);
});

test('what was measured with one file is forgotten once the unit runs another', async () => {
  const records = () => owner.get<ProfileRecord[]>('/profiles?model=quick&unit=machine.cpu');
  await send('/models?id=quick&format=onnx', bytesOf(writeOnnxInt8(tinyNetwork(), TINY_RANGES)));
  const [first] = await until(async () => {
    const found = await records();
    return found.length > 0 ? found : undefined;
  }, 'a time of the first file');
  const [status, { files }] = await send('/models/quick/files?format=onnx', tinyModel());
  assert.equal(status, 201);
  assert.deepEqual(
    files.map(({ precision, units }) => [precision, ...units]),
    [['int8'], ['fp32', 'machine.cpu']],
  );
  const since = first?.measuredAt ?? '';
  await until(async () => {
    const found = await records();
    return (found.length > 0 && found.every(({ measuredAt }) => measuredAt > since)) || undefined;
  }, 'times of the second file alone');
});

test('a broken upload is one sentence, and the server and its units stay the processes that they were', async () => {
  const pids = async () => (await owner.get<BoardState>('/board')).boards[0]?.units.map(({ live }) => live.pid);
  const before = await pids();
  const [status, { error }] = await send('/models?id=bad&format=tflite', Buffer.from('....TFL3 and then nothing'));
  assert.equal(status, 400);
  assert.match(error ?? '', /^this is not a whole TensorFlow Lite file/);
  const [unknown, { error: sentence }] = await send('/models?id=bad&format=pt', Buffer.from('x'));
  assert.equal(unknown, 400);
  assert.match(sentence ?? '', /must be one of onnx, tflite, edgetpu, rknn, ir, blob, graph/);
  assert.deepEqual(await pids(), before);
});
