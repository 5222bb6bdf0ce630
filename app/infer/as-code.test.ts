import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCurl, asPython } from './as-code.ts';

const call = { origin: 'http://board.local', name: "o'neil", model: 'resnet50', where: { unit: 'machine.cpu' } };

test('a picture of one’s own is the body, and the rest stands in the address', () => {
  const text = asCurl({ ...call, picture: { file: "it's me.jpg" } });
  assert.match(text, /'http:\/\/board\.local\/api\/v1\/infer\?model=resnet50&unit=machine\.cpu'/);
  assert.match(text, /--data-binary '@it'\\''s me\.jpg'$/);
  assert.match(text, /"name":"o'\\''neil"/);
  assert.match(
    asPython({ ...call, picture: { file: 'a.jpg' } }),
    /open\("a\.jpg", "rb"\)\.read\(\), "application\/octet-stream"/,
  );
});

test('a picture that the board keeps is named in the body, and none is left out', () => {
  assert.match(
    asCurl({ ...call, picture: { sha256: 'abc' } }),
    /-d '\{"model":"resnet50","unit":"machine.cpu","picture":"abc"\}'$/,
  );
  assert.match(
    asCurl({ ...call, where: { board: 'tinker' }, picture: null }),
    /-d '\{"model":"resnet50","board":"tinker"\}'$/,
  );
  assert.match(asPython({ ...call, picture: null }), /post\("\/infer", body/);
});
