import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { edgetpuModel, type Quantised } from '../../test/edgetpu-model.ts';
import { standIn, standInLogits } from '../../test/stand-in.ts';
import { infer, load, picture, run, standInUnit } from '../../test/stand-in-unit.ts';
import { errorOf } from '../../test/unit-process.ts';
import { pictureTensor } from '../computing/picture.ts';
import { topFive } from '../computing/top-five.ts';
import { channelsLast } from '../tflite/channels-last.ts';

// The genuine TensorFlow Lite with a delegate that stands in for libedgetpu's.

const library = standIn('edgetpu');
const input: Quantised = { type: 'uint8', shape: [1, 8, 8, 3], scale: 0.0186, zero: 114 };
const output: Quantised = { type: 'int8', shape: [1, 6], scale: 0.0625, zero: 0 };
const files = {
  uint8: edgetpuModel(input, output),
  int8: edgetpuModel({ ...input, type: 'int8', zero: -14 }, { ...output, type: 'uint8', scale: 0.125, zero: 128 }),
  uncompiled: edgetpuModel(input, output, 'some-other-op'),
};
const { open, begin: unit } = standInUnit('unit-edgetpu', library, files, 'edgetpu=3000');

/** What the stand-in makes of the picture in this type, as its answer survives being stored in eight bits. */
async function expected(type: 'uint8' | 'int8') {
  const zero = type === 'uint8' ? 114 : -14;
  const [low, high, step] = type === 'uint8' ? [0, 255, 0.0625] : [-128, 127, 0.125];
  const floats = channelsLast(await pictureTensor(picture, { width: 8, height: 8 }), 1, 3);
  const scale = Math.fround(0.0186);
  const stored = Array.from(floats, (value) => Math.min(high, Math.max(low, Math.round(value / scale) + zero)));
  const even = (value: number) => (Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));
  return topFive(Float32Array.from(standInLogits(Uint8Array.from(stored), 6), (logit) => even(logit / step) * step));
}

test('the Edge TPU answers in UINT8 and in INT8, takes its time, and gives all back in order', {
  skip: library.skip,
}, async (t) => {
  const { child, ask, send, complaints } = unit(t);
  const opened = await ask(open);
  assert.ok(opened.type === 'opened' && opened.simulated === true);
  assert.match(
    opened.info,
    /^stand-in for tests: Edge TPU at \/sys\/bus\/usb\/devices\/2-1 \(.*\) beside TensorFlow Lite 2\..*libedgetpu\.so, one thread$/,
  );
  await ask(run);
  for (const model of ['uint8', 'int8'] as const) {
    assert.equal(errorOf(await ask(load(1, model))), undefined);
    const done = await ask(infer(2, model));
    assert.ok(done.type === 'done', JSON.stringify(done));
    assert.deepEqual(done.top, await expected(model));
    assert.ok(done.endMs - done.startMs >= 3);
    assert.equal(done.deviceMs, undefined, 'its library tells no time');
  }
  send({ type: 'close' });
  assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
});

test('a model that was not compiled for it is refused: it would run on the CPU, and nobody would know', {
  skip: library.skip,
}, async (t) => {
  const { ask } = unit(t);
  await ask(open);
  assert.match(`${errorOf(await ask(load(1, 'uncompiled')))}`, /not compiled for the Edge TPU: run edgetpu_compiler/);
});

for (const [faults, sentence] of [
  ['unplug:edgetpu_create_delegate', /^edgetpu_create_delegate: the Edge TPU at \S+ could not be opened: does another/],
  ['fail:edgetpu_prepare', /^TfLiteInterpreterCreate: the delegate failed/],
  ['fail:edgetpu_invoke', /^TfLiteInterpreterInvoke: error \(1\)/],
] as const)
  test(`${faults} is a sentence, and nothing leaks`, { skip: library.skip }, async (t) => {
    const { child, ask, send, complaints } = unit(t, faults);
    await ask(open);
    assert.match(`${errorOf(await ask(load(1, 'uint8')))}`, sentence);
    send({ type: 'close' });
    assert.equal((await once(child, 'exit'))[0], 0, complaints());
  });

test('a stick that is pulled out ends the process, as its library does, with its last words', {
  skip: library.skip,
}, async (t) => {
  const { child, ask, send, complaints } = unit(t, 'unplug:edgetpu_invoke@3');
  await ask(open);
  await ask(load(1, 'uint8'));
  assert.equal((await ask(infer(2, 'uint8'))).type, 'done');
  send(infer(3, 'uint8'));
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGABRT']);
  assert.match(complaints(), /usb_driver\.cc:1148/);
});

test('a stick is chosen by where it is plugged in; without one the process ends and says so', {
  skip: library.skip,
}, async (t) => {
  const there = unit(t, '', { device: '2-1' });
  assert.equal((await there.ask(open)).type, 'opened');
  const absent = unit(t, '', { device: '1-4' });
  assert.deepEqual(await once(absent.child, 'exit'), [1, null]);
  assert.match(
    absent.complaints(),
    /^edgetpu_list_devices: there is no Edge TPU at 1-4 that is free; there are: \S+2-1$/m,
  );
  const none = unit(t, 'unplug:edgetpu_list_devices');
  assert.deepEqual(await once(none.child, 'exit'), [1, null]);
  assert.match(none.complaints(), /there is no Edge TPU that is free; there are: none/);
});
