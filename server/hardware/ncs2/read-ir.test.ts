import assert from 'node:assert/strict';
import { test } from 'node:test';
import { irFile } from '../../test/model-samples.ts';
import { readIr } from './read-ir.ts';

const read = (bytes: Uint8Array) => {
  const ir = readIr(bytes);
  assert.ok(ir.ok, ir.ok ? '' : ir.error);
  return ir.value;
};
const changed = (from: string | RegExp, to: string) =>
  Buffer.from(irFile().toString('latin1').replace(from, to), 'latin1');

test('a network and its weights in one file are read, and cut apart where the network says', () => {
  for (const between of ['', '\n', '\r\n  ']) {
    const { facts, network, weights } = read(irFile({ size: 8, classes: 4, between }));
    assert.deepEqual(facts, {
      ...{ parameters: 4 * 192, weights: 'fp16', height: 8, width: 8, classes: 4 },
      inputs: [{ name: 'picture', type: 'float32', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'logits', type: 'float32', shape: [1, 4] }],
    });
    assert.match(Buffer.from(network).toString(), /^<\?xml.*<\/net>$/s);
    assert.deepEqual([weights.length, weights[0], weights.at(-1)], [16 + 2 * 4 * 192, 0x57, 0x77]);
  }
  assert.equal(read(irFile({ type: 'f32' })).facts.weights, 'fp32');
});

test('what is not one is refused in one sentence', () => {
  const whole = irFile();
  const refusals: [bytes: Uint8Array, sentence: RegExp][] = [
    [Buffer.from('MZ'), /not a whole OpenVINO network/],
    [whole.subarray(0, 600), /not a whole OpenVINO network/],
    [changed('</layers>', ''), /not a whole OpenVINO network/],
    [changed('"MatMul"', '"\x00"'), /not a whole OpenVINO network/],
    [Buffer.from('<html></net>'), /not a whole OpenVINO network/],
    [changed(/<net.*?>/, '<net name="a">'), /of IR version unknown/],
    [changed('version="11"', 'version="7"'), /of IR version 7; OpenVINO 2022\.3 reads 10 and newer/],
    [changed('<net', '<!DOCTYPE net [<!ENTITY a "b">]><net'), /has no DOCTYPE/],
    [whole.subarray(0, whole.length - 2), /the \.xml and the \.bin have to be those of one network/],
    [Buffer.concat([whole, Buffer.from('more')]), /the \.xml and the \.bin have to be those of one network/],
    [whole.subarray(0, whole.length - 16 - 2 * 4 * 192), /1552 bytes, and 1 follow it/],
    [changed('offset="16"', 'offset="-1"'), /weights of the layer "w2" are not as large/],
    [changed('size="1536"', 'size="15"'), /weights of the layer "w2" are not as large/],
    [changed('shape="4, 192"', 'shape="4, 1e9"'), /weights of the layer "w2" are not as large/],
    [changed('element_type="f16"', 'element_type="constructor"'), /type "constructor", which is not known/],
    [changed('type="Parameter"', 'type="Other"'), /one input; this one has none/],
    [changed('shape="1,3,8,8"', 'shape="1,4,8,8"'), /one picture of three channels; this one is \[1, 4, 8, 8\]/],
    [changed('shape="1,3,8,8"', 'shape="1,3,?,8"'), /this one is \[1, 3, \?, 8\]/],
    [changed('shape="1,3,8,8"', 'shape="1,3,9000,8"'), /1024 × 1024 is the most/],
    [
      changed(
        '<port id="0"><dim>1</dim><dim>4</dim></port></input></layer>\n</layers>',
        '<port id="0"><dim>4</dim></port></input></layer>\n</layers>',
      ),
      /has to be \[1, classes\]; this one is \[4\]/,
    ],
  ];
  for (const [bytes, sentence] of refusals) {
    const ir = readIr(bytes);
    assert.ok(!ir.ok, `taken where ${sentence} was expected`);
    assert.match(ir.error, sentence);
  }
});
