import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenAmong } from './paired.ts';

const file = (name: string) => ({ name });
const [xml, bin, onnx] = [file('net.XML'), file('net.bin'), file('net.onnx')];

test('a file whose name says its format stands for itself, whatever was chosen before', () => {
  assert.deepEqual(chosenAmong([onnx], null), { is: 'one', file: onnx, format: 'onnx' });
  assert.deepEqual(chosenAmong([onnx], xml), { is: 'one', file: onnx, format: 'onnx' });
  assert.deepEqual(chosenAmong([file('a.pt')], xml), { is: 'unknown', file: file('a.pt') });
  assert.equal(chosenAmong([], xml), null);
});

test('OpenVINO’s two files are one model, chosen together or one after the other', () => {
  const pair = { is: 'pair', network: xml, weights: bin };
  assert.deepEqual(chosenAmong([bin, xml], null), pair);
  assert.deepEqual(chosenAmong([xml], null), { is: 'waiting', file: xml, missing: '.bin' });
  assert.deepEqual(chosenAmong([bin], xml), pair);
  assert.deepEqual(chosenAmong([bin], null), { is: 'waiting', file: bin, missing: '.xml' });
  assert.deepEqual(chosenAmong([xml], bin), pair);
  const other = file('other.xml');
  assert.deepEqual(chosenAmong([other], xml), { is: 'waiting', file: other, missing: '.bin' });
});
