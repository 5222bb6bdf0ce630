import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { irFile } from '../../test/model-samples.ts';
import { type StandInModel, standIn, standInLogits, standInModel } from '../../test/stand-in.ts';
import { infer, load, picture, run, standInUnit } from '../../test/stand-in-unit.ts';
import { errorOf } from '../../test/unit-process.ts';
import { floatsOf, halvesOf } from '../computing/half.ts';
import { pictureTensor, pixelsOf } from '../computing/picture.ts';
import { topFive } from '../computing/top-five.ts';
import { channelsLast } from '../tflite/channels-last.ts';

// Both roads to the stick; what holds for each is tested on each.

const MODELS: readonly StandInModel[] = [
  { name: 'planes', size: 8, classes: 10, input: 'float32', layout: 'nchw' },
  { name: 'pixels', size: 16, classes: 7, input: 'float32', layout: 'nhwc' },
];
const files = { ...Object.fromEntries(MODELS.map((model) => [model.name, standInModel(model)])), broken: 'no' };
const onStick: Readonly<Record<string, string>> = {
  halves: standInModel({ name: 'halves', size: 8, classes: 9, input: 'float16', layout: 'nchw' }),
  bytes: standInModel({ name: 'bytes', size: 8, classes: 9, input: 'uint8', layout: 'nhwc' }),
  onnx: `\x08${standInModel({ name: 'onnx', size: 8, classes: 5, input: 'float32', layout: 'nchw' })}`,
  ir: irFile({
    name: standInModel({ name: 'ir', size: 8, classes: 6, input: 'float32', layout: 'nchw' }),
    classes: 6,
  }).toString('latin1'),
  twoheads: standInModel({ name: 'twoheads', size: 8, classes: 9, input: 'float32', layout: 'nchw' }),
};
const latencies = 'planes=3000,pixels=2000,halves=2000,bytes=2000,onnx=2000,ir=2000';
const bytesOf = ({ buffer }: Float32Array | Uint16Array) => new Uint8Array(buffer);
const planesOf = (size: number) => pictureTensor(picture, { width: size, height: size });
const best = (bytes: Uint8Array, classes: number, stored = (logits: Float32Array) => logits) =>
  topFive(stored(Float32Array.from(standInLogits(bytes, classes))));

const ROADS = [
  {
    road: 'OpenVINO',
    library: standIn('openvino_c'),
    info: /^stand-in for tests: OpenVINO 2022\.3\.1-stand-in on the NCS2 \(MYRIAD\), \S+libopenvino_c\.so, one thread$/,
    unsupported: 'ov_core_import_model: network not read (-12)',
    faults: [
      [
        'fail:ov_core_import_model=-1',
        /^ov_core_import_model: general error \(-1\): does another process hold the stick/,
      ],
      ['fail:ov_infer_request_infer=-8', /^ov_infer_request_infer: request busy \(-8\)$/],
      ['size:ov_infer_request_get_output_tensor_by_index', /^ov_tensor_data: the answer has 38 bytes, not 40$/],
    ],
    gone: [
      'unplug:ov_infer_request_infer@3',
      /^ov_infer_request_infer: general error \(-1\): does another process hold/,
    ],
    absent: ['unplug:ov_core_get_available_devices', /there is no NCS2; there are: CPU\. Is it plugged in/],
    wrongDevice: /there is no NCS2 "9"; there are: CPU, MYRIAD\./,
  },
  {
    road: 'NCAPI',
    library: standIn('mvnc'),
    info: /^stand-in for tests: NCAPI 2\.10\.1\.1 on the NCS2 2\.1-ma2480, \S+libmvnc\.so, one thread$/,
    unsupported:
      'ncGraphAllocateWithFifosEx: unsupported graph file (-10): compile the network with mvNCCompile of NCSDK 2.10',
    faults: [
      ['fail:ncGraphAllocateWithFifosEx=-3', /^ncGraphAllocateWithFifosEx: no memory \(-3\)$/],
      ['fail:ncGraphQueueInferenceWithFifoElem=-13', /^ncGraphQueueInf\w+: the stick reported an error \(-13\)$/],
      ['size:ncFifoReadElem', /^ncFifoReadElem: the answer has 36 bytes, not 40$/],
    ],
    gone: ['unplug:ncFifoReadElem@3', /^ncFifoReadElem: device not found \(-4\): is the stick plugged in/],
    absent: ['unplug:ncDeviceCreate', /^ncDeviceCreate: device not found \(-4\): is the stick plugged in/],
    wrongDevice: /^ncDeviceCreate: device not found \(-4\)/,
  },
] as const;

for (const { road, library, info, unsupported, faults, gone, absent, wrongDevice } of ROADS) {
  const skip = library.skip;
  const { open, begin } = standInUnit('unit-ncs2', library, { ...files, ...onStick }, latencies);

  test(`${road}: both layouts, with the stick’s own time; one model leaves for the next, and all is given back`, {
    skip,
  }, async (t) => {
    const { child, ask, send, complaints, warmths } = begin(t);
    const opened = await ask(open);
    assert.ok(opened.type === 'opened' && opened.simulated === true, JSON.stringify(opened));
    assert.match(opened.info, info);
    await ask(run);
    for (const { name, size, classes, layout } of MODELS) {
      assert.equal(errorOf(await ask(load(1, name))), undefined);
      const done = await ask(infer(2, name));
      assert.ok(done.type === 'done', JSON.stringify(done));
      const planes = await planesOf(size);
      assert.deepEqual(done.top, best(bytesOf(layout === 'nchw' ? planes : channelsLast(planes, 1, 3)), classes));
      assert.ok(Math.abs((done.deviceMs ?? 0) - (name === 'planes' ? 2.7 : 1.8)) < 1e-6, `${done.deviceMs}`);
      assert.ok(done.endMs - done.startMs >= (name === 'planes' ? 3 : 2));
    }
    while (warmths.length === 0) await once(child, 'message');
    assert.deepEqual([...new Set(warmths)], [41.5], 'what the stick says of itself');
    const back = await ask(infer(3, 'planes'));
    assert.ok(back.type === 'done' && back.loadMs > 3, 'it had left the stick');
    send({ type: 'close' });
    assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
    assert.equal(complaints(), '');
  });

  for (const [told, sentence] of faults)
    test(`${road}: ${told} is a sentence, nothing leaks, and the unit goes on`, { skip }, async (t) => {
      const { child, ask, send, complaints } = begin(t, told);
      await ask(open);
      assert.match(`${errorOf(await ask(load(1, 'planes')))}`, sentence);
      if (told.startsWith('fail:ncGraphQ')) assert.equal(errorOf(await ask(load(2, 'pixels'))), undefined);
      else assert.equal(errorOf(await ask(load(2, 'planes'))), undefined);
      assert.equal(errorOf(await ask(load(3, 'broken'))), unsupported);
      send({ type: 'close' });
      assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
    });

  test(`${road}: a stick that goes away fails what comes after; one that is not there ends the process`, {
    skip,
  }, async (t) => {
    const { ask } = begin(t, gone[0]);
    await ask(open);
    await ask(load(1, 'planes'));
    assert.equal((await ask(infer(2, 'planes'))).type, 'done');
    assert.match(`${errorOf(await ask(infer(3, 'planes')))}`, gone[1]);
    const none = begin(t, absent[0]);
    assert.deepEqual(await once(none.child, 'exit'), [1, null], none.complaints());
    assert.match(none.complaints(), absent[1]);
    const wrong = begin(t, '', { device: '9' });
    assert.deepEqual(await once(wrong.child, 'exit'), [1, null], wrong.complaints());
    assert.match(wrong.complaints(), wrongDevice);
  });
}

test('OpenVINO takes halves and bytes where the network does, and compiles ONNX files and its own for the stick', {
  skip: ROADS[0].library.skip,
}, async (t) => {
  const { open, begin } = standInUnit('unit-ncs2', ROADS[0].library, onStick, latencies);
  const { child, ask, send, complaints } = begin(t);
  await ask(open);
  await ask(run);
  const planes = await planesOf(8);
  const halves = (logits: Float32Array) => floatsOf(halvesOf(logits));
  const expected = {
    halves: best(bytesOf(halvesOf(planes)), 9, halves),
    bytes: best(pixelsOf(planes), 9),
    onnx: best(bytesOf(planes), 5),
    ir: best(bytesOf(planes), 6),
  };
  for (const [model, top] of Object.entries(expected)) {
    const done = await ask(infer(1, model));
    assert.ok(done.type === 'done', JSON.stringify(done));
    assert.deepEqual(done.top, top, model);
  }
  assert.equal(errorOf(await ask(load(2, 'twoheads'))), 'the model has not one input and one output');
  send({ type: 'close' });
  assert.deepEqual(await once(child, 'exit'), [0, null], complaints());
});

test('a release of OpenVINO that does not know the stick any more says which one did', {
  skip: ROADS[0].library.skip,
}, async (t) => {
  const { begin } = standInUnit('unit-ncs2', ROADS[0].library, {}, latencies);
  const { child, complaints } = begin(t, '', { env: { SWITCHYARD_STANDIN_VERSION: '2024.3.0' } });
  assert.deepEqual(await once(child, 'exit'), [1, null]);
  assert.match(complaints(), /^OpenVINO 2024\.3\.0 does not know the NCS2: 2022\.3 is the last release that does/);
});
