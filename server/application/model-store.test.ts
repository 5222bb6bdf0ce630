import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultCacheDir } from '../hardware/onnx/network-cache.ts';
import { modelWithExternalData, tinyModel } from '../hardware/onnx/tiny-model.ts';
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
