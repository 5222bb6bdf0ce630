import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unitProcess } from '../../test/unit-process.ts';
import type { ToUnit } from '../channel.ts';
import { mobilenetV2 } from '../networks/mobilenet.ts';
import { bytesOf } from '../onnx/tiny-model.ts';
import { writeOnnx } from '../onnx/write.ts';
import { writeTflite } from './write.ts';

const dir = mkdtempSync(join(tmpdir(), 'switchyard-tflite-'));
after(() => rmSync(dir, { recursive: true }));
const [onnx, tflite, broken] = ['net.onnx', 'net.tflite', 'broken.tflite'].map((name) => join(dir, name)) as [
  string,
  string,
  string,
];
const net = mobilenetV2(1);
writeFileSync(onnx, bytesOf(writeOnnx(net)));
writeFileSync(tflite, writeTflite(net));
writeFileSync(broken, 'nothing of the kind');
const pictures = ['cat.png', 'leaf.jpg'].map((name) =>
  fileURLToPath(new URL(`../../../public/samples/${name}`, import.meta.url)),
);

const open = (file: string): ToUnit => ({
  ...{ type: 'open', unit: 'machine.tflite', options: { threads: 1, cores: null }, table: null },
  models: [
    { id: 'net', file },
    { id: 'broken', file: broken },
  ],
});
const run: ToUnit = { type: 'run', run: 1, seed: 1, noiseCv: 0, switchMs: 0, pictures };
const infer = (ref: number, input: number): ToUnit => ({
  type: 'infer',
  atMs: 0,
  ref,
  model: 'net',
  input,
  load: null,
});

test('one picture has the same five likeliest classes on TensorFlow Lite and on ONNX Runtime', async (t) => {
  const units = [
    { ...unitProcess(t, 'unit-tflite'), file: tflite },
    { ...unitProcess(t, 'unit-onnx'), file: onnx },
  ];
  const answers = await Promise.all(
    units.map(async ({ ask, file }) => {
      const opened = await ask(open(file));
      await ask(run);
      await ask({ type: 'load', ref: 1, model: 'net' });
      const done = [await ask(infer(2, 0)), await ask(infer(3, 1))];
      return { opened, tops: done.map((one) => (one.type === 'done' ? one.top?.map(({ index }) => index) : one)) };
    }),
  );
  assert.match(
    JSON.stringify(answers[0]?.opened),
    /TensorFlow Lite 2\.[0-9.]+ on the CPU, \S+libtensorflowlite_c\.so, one thread/,
  );
  assert.match(JSON.stringify(answers[0]?.tops[0]), /^\[\d+(,\d+){4}\]$/);
  assert.deepEqual(answers[0]?.tops, answers[1]?.tops);
});

test('a file that is no model is a sentence, and the unit goes on', async (t) => {
  const { ask } = unitProcess(t, 'unit-tflite');
  await ask(open(tflite));
  const refused = await ask({ type: 'load', ref: 1, model: 'broken' });
  assert.match(JSON.stringify(refused), /TfLiteModelCreate: this is not a TensorFlow Lite model/);
  const loaded = await ask({ type: 'load', ref: 2, model: 'net' });
  assert.ok(loaded.type === 'loaded' && loaded.error === undefined);
});

test('without the library the process ends, and says what was tried', async (t) => {
  const { child, complaints } = unitProcess(t, 'unit-tflite', { ...process.env, SWITCHYARD_TFLITE: '/nowhere/lib.so' });
  const [code] = await once(child, 'exit');
  assert.notEqual(code, 0);
  assert.match(complaints(), /no TensorFlow Lite C library was found: \/nowhere\/lib\.so: /);
});
