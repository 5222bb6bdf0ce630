import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idFrom, isModelId, labelsIn } from './labels.ts';

test('labels are lines or a JSON list, whatever ends the lines and whatever mark stands in front', () => {
  assert.deepEqual(labelsIn('\uFEFFtench\r\ngoldfish \n\n'), ['tench', 'goldfish']);
  assert.deepEqual(labelsIn('["tench", "goldfish"]'), ['tench', 'goldfish']);
  assert.deepEqual(labelsIn('a\n\nc'), ['a', '', 'c'], 'a class without a name keeps its place');
});

test('what is no list of labels is none', () => {
  for (const text of ['', ' \n', '[1, 2]', '[', '[]']) assert.equal(labelsIn(text), null, JSON.stringify(text));
});

test('a file’s name suggests an id that the board takes', () => {
  assert.equal(idFrom('My Net (v2).onnx'), 'my-net-v2');
  assert.equal(idFrom('resnet18.int8.ONNX'), 'resnet18.int8');
  assert.equal(idFrom('강아지.onnx'), '');
  assert.ok(isModelId(idFrom(`${'x'.repeat(90)}.onnx`)));
  assert.deepEqual(['ok-1.0', '-no', 'No', ''].map(isModelId), [true, false, false, false]);
});
