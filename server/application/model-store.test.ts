import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Format } from '../hardware/artefact.ts';
import { TINY_RANGES, tinyNetwork } from '../hardware/networks/tiny.ts';
import { createGraph } from '../hardware/onnx/graph.ts';
import { defaultCacheDir } from '../hardware/onnx/network-cache.ts';
import { bytesOf, modelWithExternalData, tinyModel } from '../hardware/onnx/tiny-model.ts';
import { writeTflite } from '../hardware/tflite/write.ts';
import { openModelStore } from './model-store.ts';

function store(t: { after(call: () => void): void }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-models-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const open = () => openModelStore({ cacheDir: defaultCacheDir(), dataDir });
  return { dataDir, open, files: () => readdirSync(join(dataDir, 'models')) };
}

test('three networks are built in, with random weights, and become ready by themselves', async (t) => {
  const models = store(t).open();
  await models.ready;
  assert.deepEqual(
    models.list().map((m) => [m.id, m.name, m.parameters, m.trained, m.builtIn, m.ready]),
    [
      ['mobilenet_v2', 'MobileNetV2', 3_538_984, false, true, true],
      ['resnet50', 'ResNet50', 25_636_712, false, true, true],
      ['resnet101', 'ResNet101', 44_707_176, false, true, true],
    ],
  );
  for (const { file } of models.list()) assert.ok(file && existsSync(file));
});

test('in an empty cache they are not ready at once, and each is told of when it is', async (t) => {
  const { dataDir } = store(t);
  const models = openModelStore({ cacheDir: join(dataDir, 'cache'), dataDir });
  const ready = () => models.list().filter((m) => m.ready && m.sha256 && m.file).length;
  const counts = [ready()];
  models.onChange(() => counts.push(ready()));
  await models.ready;
  assert.deepEqual(counts, [0, 1, 2, 3]);
});

test('a cache that cannot be written is a sentence, and the models stay unready', async (t) => {
  const { dataDir } = store(t);
  writeFileSync(join(dataDir, 'cache'), 'a file where a folder should be');
  const models = openModelStore({ cacheDir: join(dataDir, 'cache'), dataDir });
  await assert.rejects(models.ready, /cache/);
  assert.equal(models.list().filter((m) => m.ready).length, 0);
});

test('a person’s model is kept with what the file says, is there after a restart, and goes when removed', async (t) => {
  const { open, files, dataDir } = store(t);
  const models = open();
  const upload = join(dataDir, 'upload.tmp');
  writeFileSync(upload, tinyModel());
  const added = await models.add('mine-1.0', ' My own ', upload);
  assert.ok(added.ok, JSON.stringify(added));
  const { id, name, parameters, classes, trained, builtIn, ready, labels, file } = added.value;
  assert.deepEqual([id, name, parameters, classes], ['mine-1.0', 'My own', 16, 4]);
  assert.deepEqual([trained, builtIn, ready, labels], [true, false, true, null]);
  assert.deepEqual(readFileSync(file ?? ''), tinyModel());
  assert.ok(existsSync(upload), 'the upload is its receiver’s to remove');
  assert.deepEqual(open().list().at(-1), added.value);
  assert.deepEqual(await models.remove('mine-1.0'), { ok: true, value: undefined });
  assert.deepEqual(files(), []);
  assert.equal(open().list().length, 3);
});

test('labels are taken when there is one for each class, and outlive a restart', async (t) => {
  const { open } = store(t);
  const models = open();
  await models.add('mine', 'Mine', tinyModel());
  const few = await models.setLabels('mine', ['cat', 'dog']);
  assert.deepEqual(few, { ok: false, error: 'mine tells 4 classes apart, and here are 2 labels' });
  const labels = ['cat', 'dog', 'cup', '잎'];
  assert.equal((await models.setLabels('mine', labels)).ok, true);
  assert.deepEqual(open().list().at(-1)?.labels, labels);
});

test('every refusal is one sentence, and leaves no file behind', async (t) => {
  const { open, files } = store(t);
  const models = open();
  const whole = tinyModel();
  const refusals: [id: string, bytes: Uint8Array, sentence: RegExp][] = [
    ['Mine', whole, /a model’s id is 1 to 64/],
    ['../mine', whole, /a model’s id is 1 to 64/],
    ['', whole, /a model’s id is 1 to 64/],
    ['resnet50', whole, /ResNet50 is built in and keeps its name/],
    ['a', modelWithExternalData(), /another file/],
    ['a', whole.subarray(0, whole.length - 9), /not a whole ONNX file/],
    ['a', Buffer.from('PK zip'), /not a whole ONNX file/],
    ['a', tinyModel({ input: [1, 8, 8, 3] }), /input has to be float/],
    ['a', tinyModel({ outputShape: [1, 7] }), /says it has 7 classes, and answers with 4/],
  ];
  for (const [id, bytes, sentence] of refusals) {
    const result = await models.add(id, 'Name', bytes);
    assert.ok(!result.ok, `${id} was taken, ${sentence} was expected`);
    assert.match(result.error, sentence);
    assert.ok(!/\n|node_modules|\/tmp/.test(result.error), result.error);
  }
  assert.deepEqual(files(), []);
});

test('one name and one file are each kept once, even when two come at the same moment', async (t) => {
  const models = store(t).open();
  const other = tinyModel({ classes: 6 });
  const [first, second] = await Promise.all([models.add('a', 'A', tinyModel()), models.add('a', 'A', other)]);
  assert.deepEqual([first.ok, second.ok], [true, false]);
  assert.deepEqual(second, { ok: false, error: 'there is already a model "a"' });
  assert.deepEqual(await models.add('b', 'B', tinyModel()), { ok: false, error: 'this file is here already, as a' });
});

test('built-in models take no labels and stay', async (t) => {
  const models = store(t).open();
  const labels = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  assert.match(JSON.stringify(await models.setLabels('resnet50', labels)), /random weights/);
  assert.deepEqual(await models.remove('resnet50'), { ok: false, error: 'ResNet50 is built in and stays' });
});

test('what was cut off while it came in is swept; a card that cannot be read is left, with its model', (t) => {
  const { open, files, dataDir } = store(t);
  open();
  for (const name of ['1-2.part', `${'a'.repeat(64)}.onnx`, 'b.json', 'b.onnx'])
    writeFileSync(join(dataDir, 'models', name), 'half');
  assert.equal(open().list().length, 3);
  assert.deepEqual(files().sort(), ['b.json', 'b.onnx']);
});

const rknn = (text = 'RKNN') => Buffer.concat([Buffer.from(text), Buffer.alloc(1000, 7)]);

test('a model may come as a TensorFlow Lite file, which is run once before it is taken', async (t) => {
  const { open } = store(t);
  const models = open();
  const added = await models.add('lite', 'Lite', writeTflite(tinyNetwork()), 'tflite');
  assert.ok(added.ok, JSON.stringify(added));
  const { classes, parameters, weights, files } = added.value;
  assert.deepEqual([classes, parameters, weights, files.length], [4, 340, 'fp32', 1]);
  const { format, precision, tried, inputs, outputs, file } = files[0] ?? assert.fail();
  assert.deepEqual([format, precision, tried], ['tflite', 'fp32', true]);
  assert.deepEqual(inputs, [{ name: 'input', type: 'float32', shape: [1, 8, 8, 3] }]);
  assert.deepEqual(outputs, [{ name: 'logits', type: 'float32', shape: [1, 4] }]);
  assert.match(file ?? '', /\.tflite$/);
  assert.deepEqual(open().list().at(-1), added.value);
});

test('a model may come as a file that only its vendor’s library reads: then it says neither classes nor that it was tried', async (t) => {
  const models = store(t).open();
  const added = await models.add('npu', 'For the NPU', rknn(), 'rknn');
  assert.ok(added.ok, JSON.stringify(added));
  const { classes, parameters, weights, files } = added.value;
  assert.deepEqual([classes, parameters, weights, files[0]?.tried, files[0]?.precision], [0, 0, null, false, 'int8']);
  assert.equal((await models.setLabels('npu', ['any', 'number'])).ok, true);
});

test('a model takes further files for other units, keeps them over a restart, and gives them up one by one', async (t) => {
  const { open, files } = store(t);
  const models = open();
  await models.add('mine', 'Mine', tinyModel());
  const kinds = () =>
    open()
      .list()
      .find(({ id }) => id === 'mine')
      ?.files.map(({ format, precision }) => `${format}-${precision}`);
  const int8 = await models.addFile('mine', writeTflite(tinyNetwork(), TINY_RANGES), 'tflite');
  assert.ok(int8.ok, JSON.stringify(int8));
  assert.ok((await models.addFile('mine', rknn(), 'rknn')).ok);
  assert.deepEqual(kinds(), ['onnx-fp32', 'tflite-int8', 'rknn-int8']);
  assert.equal(files().length, 4);
  const [first, second] = int8.value.files;
  assert.match(
    JSON.stringify(await models.removeFile('mine', first?.sha256 ?? '')),
    /known by; remove the model instead/,
  );
  assert.deepEqual(await models.removeFile('mine', second?.sha256 ?? ''), { ok: true, value: undefined });
  assert.deepEqual(kinds(), ['onnx-fp32', 'rknn-int8']);
  await models.remove('mine');
  assert.deepEqual(files(), []);
});

test('a built-in model takes files compiled for accelerators, beside its own, which stay', async (t) => {
  const { open, files } = store(t);
  const models = open();
  const added = await models.addFile('resnet50', rknn(), 'rknn');
  assert.ok(added.ok, JSON.stringify(added));
  const formats = () =>
    open()
      .list()
      .find(({ id }) => id === 'resnet50')
      ?.files.map(({ format }) => format);
  assert.deepEqual(formats(), ['onnx', 'tflite', 'tflite', 'onnx', 'rknn']);
  assert.equal(open().list().length, 3);
  const [own] = added.value.files;
  assert.match(JSON.stringify(await models.removeFile('resnet50', own?.sha256 ?? '')), /keeps its own files/);
  assert.ok((await models.removeFile('resnet50', added.value.files.at(-1)?.sha256 ?? '')).ok);
  assert.deepEqual(formats(), ['onnx', 'tflite', 'tflite', 'onnx']);
  assert.deepEqual(files(), []);
});

test('a file that cannot be the model’s is refused in one sentence, whatever its format', async (t) => {
  const models = store(t).open();
  await models.add('mine', 'Mine', tinyModel());
  await models.addFile('mine', rknn(), 'rknn');
  const lite = Buffer.from(writeTflite(tinyNetwork()));
  const refusals: [bytes: Uint8Array, format: Format, sentence: RegExp][] = [
    [writeTflite(tinyNetwork(7)), 'tflite', /this file tells 7 classes apart, and mine 4/],
    [lite.subarray(0, lite.length / 2), 'tflite', /not a whole TensorFlow Lite file/],
    [Buffer.from('PK zip'), 'tflite', /not a whole TensorFlow Lite file/],
    [lite, 'edgetpu', /nothing in this file was compiled for an Edge TPU/],
    [rknn('RKNN '), 'rknn', /mine has a \.rknn file in INT8 already/],
    [rknn('KNNR'), 'rknn', /does not begin with "RKNN"/],
    [Buffer.from('RKNN'), 'rknn', /4 bytes are too few/],
    [Buffer.alloc(1000), 'blob', /not a file compiled for a Myriad/],
    [Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(1000)]), 'graph', /a ZIP archive, not a \.graph file/],
    [tinyModel({ classes: 4 }), 'onnx', /here already, as mine/],
  ];
  for (const [bytes, format, sentence] of refusals) {
    const result = await models.addFile('mine', bytes, format);
    assert.ok(!result.ok, `${format} was taken, ${sentence} was expected`);
    assert.match(result.error, sentence);
    assert.ok(!/\n|node_modules|\/tmp/.test(result.error), result.error);
  }
});

test('a network that asks for more memory than weights could need is refused, and only its own process feels it', async (t) => {
  const models = store(t).open();
  const graph = createGraph('Greedy');
  const x = graph.input('input', [1, 3, 8, 8]);
  const shape = graph.node('Constant', [], { value_ints: { ints: [20_000, 40_000] } });
  const most = graph.node('ReduceMax', [graph.node('ConstantOfShape', [shape])], { keepdims: { int: 0 } });
  const flat = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])], { axis: { int: 1 } });
  graph.output(graph.node('Add', [flat, most]), 'logits', [1, 3]);
  const refused = await models.add('greedy', 'Greedy', bytesOf(graph.model()));
  assert.ok(!refused.ok, 'it was given 3.2 GB');
  assert.match(refused.error, /cannot run this model|brings down the process/);
});

test('a card from before a model could have several files is one of a model with one', async (t) => {
  const { open, dataDir } = store(t);
  const models = open();
  await models.add('old', 'Old', tinyModel());
  const [name] = readdirSync(join(dataDir, 'models')).filter((each) => each.endsWith('.json'));
  const place = join(dataDir, 'models', name ?? '');
  const { files: _, ...before } = JSON.parse(readFileSync(place, 'utf8'));
  writeFileSync(place, JSON.stringify(before));
  const [file] = open().list().at(-1)?.files ?? [];
  assert.deepEqual([file?.format, file?.precision, file?.parameters, file?.tried], ['onnx', 'fp32', 16, true]);
});
