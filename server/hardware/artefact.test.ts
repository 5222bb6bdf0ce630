import assert from 'node:assert/strict';
import { test } from 'node:test';
import { artefactFor, canRun, type Format, fileFor, formatOf } from './artefact.ts';
import { shippedBoards } from './boards.ts';
import type { ModelId, Precision } from './unit.ts';

const artefact = (format: Format, precision: Precision) => ({ format, precision, file: `${format}-${precision}` });

test('a file’s format is told by the longest end of its name', () => {
  const names = ['a.onnx', 'A.TFLITE', 'a_edgetpu.tflite', 'a.rknn', 'a.ir', 'a.blob', 'a.graph', 'a.xml', 'onnx'];
  assert.deepEqual(names.map(formatOf), ['onnx', 'tflite', 'edgetpu', 'rknn', 'ir', 'blob', 'graph', null, null]);
});

test('each driver is given a file that it can read, of its unit’s own precision first', () => {
  const files = [
    artefact('onnx', 'fp32'),
    artefact('tflite', 'int8'),
    artefact('tflite', 'fp32'),
    artefact('rknn', 'int8'),
  ];
  const given = (driver: 'onnx' | 'tflite' | 'armnn' | 'edgetpu' | 'rknn' | 'ncs2', precision: Precision) =>
    fileFor({ driver, precision }, files);
  assert.equal(given('onnx', 'fp32'), 'onnx-fp32');
  assert.equal(given('tflite', 'fp32'), 'tflite-fp32');
  assert.equal(given('armnn', 'int8'), 'tflite-int8');
  assert.equal(given('rknn', 'int8'), 'rknn-int8');
  assert.equal(given('edgetpu', 'int8'), null);
  assert.equal(given('ncs2', 'fp16'), 'onnx-fp32');
  assert.equal(fileFor({ driver: 'ncs2', precision: 'fp16' }, [...files, artefact('ir', 'fp16')]), 'ir-fp16');
});

test('of the two libraries for an NCS2 each is given what it can read', () => {
  const files = [artefact('onnx', 'fp32'), artefact('blob', 'fp16'), artefact('graph', 'fp16')];
  const given = (library: string, from: readonly ReturnType<typeof artefact>[]) =>
    fileFor({ driver: 'ncs2', precision: 'fp16', attached: { library, device: null } }, from);
  assert.equal(given('/usr/lib/libopenvino_c.so.2230', files), 'blob-fp16');
  assert.equal(
    given('/usr/lib/libopenvino_c.so.2230', [artefact('onnx', 'fp32'), artefact('graph', 'fp16')]),
    'onnx-fp32',
  );
  assert.equal(given('/usr/lib/libmvnc.so.0', files), 'graph-fp16');
  assert.equal(given('libmvnc.so', [artefact('onnx', 'fp32')]), null);
});

test('a unit of FP32 runs what there is; one of INT8 runs INT8 only', () => {
  const quantised = [artefact('onnx', 'int8')];
  assert.equal(fileFor({ driver: 'onnx', precision: 'fp32' }, quantised), 'onnx-int8');
  assert.equal(artefactFor({ driver: 'onnx', precision: 'int8' }, [artefact('onnx', 'fp32')]), undefined);
});

test('this machine’s unit says which models have a file for it', () => {
  const models = [
    { id: 'both', files: [artefact('rknn', 'int8'), artefact('onnx', 'fp32')] },
    { id: 'elsewhere', files: [artefact('rknn', 'int8')] },
  ];
  const [machine] = shippedBoards({ models });
  const cpu = machine?.units.find(({ id }) => id === 'machine.cpu');
  assert.deepEqual(cpu?.runs, ['both']);
  assert.deepEqual(machine?.models, ['both', 'elsewhere']);
  assert.deepEqual([canRun(cpu ?? never(), 'both'), canRun(cpu ?? never(), 'elsewhere')], [true, false]);
  const table = { latencyMs: { a: 3, b: null }, runs: [] as ModelId[] };
  assert.deepEqual([canRun(table, 'a'), canRun(table, 'b')], [true, false]);
});

const never = (): never => assert.fail('there is no such unit');
