import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { type StandInModel, standIn, standInLogits, standInModel } from '../../test/stand-in.ts';
import { infer, load, picture, run, standInUnit } from '../../test/stand-in-unit.ts';
import { errorOf } from '../../test/unit-process.ts';
import { pictureTensor, pixelsOf } from '../computing/picture.ts';
import { topFive } from '../computing/top-five.ts';
import { channelsLast } from '../tflite/channels-last.ts';

const library = standIn('rknn_api');
const MODELS: readonly StandInModel[] = [
  { name: 'quantised', size: 8, classes: 10, input: 'uint8', layout: 'nhwc' },
  { name: 'floating', size: 16, classes: 7, input: 'float32', layout: 'nchw' },
  { name: 'twoheads', size: 8, classes: 10, input: 'uint8', layout: 'nhwc' },
];
const files = { ...Object.fromEntries(MODELS.map((model) => [model.name, standInModel(model)])), broken: 'no' };
const { open, begin: unit } = standInUnit('unit-rknn', library, files, 'quantised=3000,floating=2000');
const exact = (bytes: Uint8Array, classes: number) => topFive(Float32Array.from(standInLogits(bytes, classes)));

test('the NPU answers from pixels or floats, as the model wants, with its own time, and gives all back', {
  skip: library.skip,
}, async (t) => {
  const { child, ask, send, complaints } = unit(t);
  const opened = await ask(open);
  assert.ok(opened.type === 'opened' && opened.simulated === true, JSON.stringify(opened));
  assert.match(opened.info, /^stand-in for tests: RKNN .*librknn_api\.so, one thread$/);
  await ask(run);
  for (const { name, size, classes, input } of MODELS.slice(0, 2)) {
    const loaded = await ask(load(1, name));
    assert.ok(loaded.type === 'loaded' && loaded.error === undefined, JSON.stringify(loaded));
    const done = await ask(infer(2, name));
    assert.ok(done.type === 'done', JSON.stringify(done));
    const planes = await pictureTensor(picture, { width: size, height: size });
    const floats = channelsLast(planes, 1, 3);
    const bytes = input === 'uint8' ? pixelsOf(planes) : new Uint8Array(floats.buffer);
    assert.deepEqual(done.top, exact(bytes, classes));
    const hostMs = done.endMs - done.startMs;
    assert.equal(done.deviceMs, name === 'quantised' ? 2.7 : 1.8);
    assert.ok(hostMs >= (name === 'quantised' ? 3 : 2), `${hostMs}`);
  }
  const again = await ask(open);
  assert.match(JSON.stringify(again), /RKNN \(1\.7\.5 \(stand-in\), driver 1\.7\.3\) on the NPU/);
  send({ type: 'close' });
  assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
  assert.equal(complaints(), '');
});

test('a device is chosen by its id; one that is not there ends the process with those that are', {
  skip: library.skip,
}, async (t) => {
  const chosen = unit(t, '', { device: 'npu-b' });
  assert.match(JSON.stringify(await chosen.ask(open)), /on the NPU npu-b/);
  assert.equal(errorOf(await chosen.ask(load(1, 'quantised'))), undefined);
  const absent = unit(t, '', { device: 'npu-c' });
  const [code] = await once(absent.child, 'exit');
  assert.equal(code, 1);
  assert.equal(absent.complaints().trim(), 'rknn_find_devices: there is no NPU "npu-c"; there are npu-a, npu-b');
});

for (const [faults, sentence] of [
  ['fail:rknn_init=-6', 'rknn_init: invalid model (-6): it takes .rknn files of rknn-toolkit 1.7'],
  ['fail:rknn_init=-99', 'rknn_init: unknown code (-99)'],
  ['fail:rknn_inputs_set=-8', 'rknn_inputs_set: invalid input (-8)'],
  ['fail:rknn_run=-2', 'rknn_run: time ran out (-2): is npu_transfer_proxy running?'],
  ['size:rknn_outputs_get', 'rknn_outputs_get: the answer has 36 bytes, not 40'],
] as const)
  test(`${faults} is a sentence, nothing leaks, and the unit goes on`, { skip: library.skip }, async (t) => {
    const { child, ask, send, complaints } = unit(t, faults);
    await ask(open);
    assert.equal(errorOf(await ask(load(1, 'quantised'))), sentence);
    assert.equal(errorOf(await ask(load(2, 'quantised'))), undefined);
    send({ type: 'close' });
    assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
  });

test('an NPU that goes away fails what comes after, with what to look for', { skip: library.skip }, async (t) => {
  const { ask } = unit(t, 'unplug:rknn_run@3');
  await ask(open);
  await ask(load(1, 'quantised'));
  assert.equal((await ask(infer(2, 'quantised'))).type, 'done');
  assert.equal(
    errorOf(await ask(infer(3, 'quantised'))),
    'rknn_run: device unavailable (-3): is npu_transfer_proxy running?',
  );
  assert.match(`${errorOf(await ask(infer(4, 'quantised')))}`, /device unavailable/);
  const gone = unit(t, 'unplug:rknn_find_devices');
  assert.deepEqual(await once(gone.child, 'exit'), [1, null]);
  assert.match(gone.complaints(), /^rknn_find_devices: device unavailable \(-3\): is npu_transfer_proxy running\?\s$/);
});

test('models that do not fit are refused, and so is a library that is something else', {
  skip: library.skip,
}, async (t) => {
  const { ask } = unit(t);
  await ask(open);
  assert.match(`${errorOf(await ask(load(1, 'broken')))}`, /^rknn_init: invalid model \(-6\)/);
  assert.equal(errorOf(await ask(load(2, 'twoheads'))), 'the model has not one input and one output');
  const other = unit(t, '', { library: 'libm.so.6' });
  assert.deepEqual(await once(other.child, 'exit'), [1, null]);
  assert.match(
    other.complaints(),
    /no Rockchip NPU library was found: libm\.so\.6: it is not the version that is needed/,
  );
});
