import assert from 'node:assert/strict';
import { test } from 'node:test';
import koffi, { type TypeObject } from 'koffi';
import { layoutsInC } from '../../test/stand-in.ts';
import { STRUCTS as EDGETPU } from '../edgetpu/library.ts';
import { STRUCTS as MVNC } from '../ncs2/mvnc.ts';
import { STRUCTS as OPENVINO } from '../ncs2/openvino.ts';
import { STRUCTS as RKNN } from '../rknn/library.ts';

const inC = layoutsInC();

/** "name size" and "name.field offset", as the program in C says it. */
function linesOf(struct: TypeObject): string[] {
  const fields = Object.entries(struct.members ?? {});
  return [`${struct.name} ${struct.size}`, ...fields.map(([name, { offset }]) => `${struct.name}.${name} ${offset}`)];
}

test('the drivers take every struct for what C takes it for, field by field', { skip: inC.skip }, () => {
  const ours = [EDGETPU, MVNC, OPENVINO, RKNN]
    .flatMap<TypeObject>(Object.values)
    .flatMap((struct) => linesOf(koffi.type(struct)));
  assert.deepEqual(ours.sort(), inC.lines().sort());
});
