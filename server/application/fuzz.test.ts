import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS } from '../hardware/artefact.ts';
import { examine } from '../hardware/examine.ts';
import { fuzz } from '../test/fuzzing.ts';
import { edgeTpuFile, sampleFiles } from '../test/model-samples.ts';
import { temporaryFolder } from '../test/product.ts';

test('a whole file of each format is taken, and only those are said to have run that a library here runs', async () => {
  for (const format of FORMATS)
    for (const bytes of sampleFiles()[format]) {
      const found = await examine(bytes, format);
      assert.ok(found.ok, `${format}: ${found.ok ? '' : found.error}`);
      assert.equal(found.value.tried, format === 'onnx' || format === 'tflite', format);
    }
});

test('a file compiled for an Edge TPU is known by its operator, whatever it is called', async () => {
  const compiled = await examine(edgeTpuFile(), 'edgetpu');
  assert.ok(compiled.ok);
  const { precision, parameters, classes, height, inputs } = compiled.value;
  assert.deepEqual([precision, parameters, classes, height, inputs[0]?.type], ['int8', null, 4, 8, 'int8']);
  const named = await examine(edgeTpuFile(), 'tflite');
  assert.match(named.ok ? 'taken' : named.error, /compiled for an Edge TPU; name it …_edgetpu\.tflite/);
});

test('fifty damaged files of each format are read or refused in a sentence; what breaks is the process that tries them', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const results = await fuzz(folder.path, 50);
  for (const [format, { files, taken, refused, crashes, hangs, unreadable }] of Object.entries(results)) {
    assert.equal(taken + refused + crashes + hangs, files, format);
    assert.ok(refused > 0, `${format}: nothing was refused`);
    assert.deepEqual(unreadable, [], format);
  }
});
