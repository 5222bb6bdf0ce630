import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ncs2Places, openNcs2 } from './runtime.ts';

test('the library is the one that is attached, else those of the environment, else OpenVINO’s before NCAPI’s', () => {
  const env = { NODE_ENV: 'test', SWITCHYARD_OPENVINO: '/o.so', SWITCHYARD_MVNC: '/m.so' } as const;
  assert.deepEqual(ncs2Places('/told.so', env), ['/told.so']);
  assert.deepEqual(ncs2Places(null, env), ['/o.so', '/m.so']);
  assert.deepEqual(ncs2Places(null, { NODE_ENV: 'test', SWITCHYARD_MVNC: '/m.so' }), ['/m.so']);
  const usual = ncs2Places(null, { NODE_ENV: 'test', SWITCHYARD_OPENVINO: '' });
  assert.ok(usual.indexOf('libopenvino_c.so.2230') === 0 && usual.includes('libmvnc.so.0'));
});

test('where none is found, the sentence says what the loader said of each', () => {
  const env = { NODE_ENV: 'test', SWITCHYARD_OPENVINO: '/nowhere/o.so', SWITCHYARD_MVNC: '/nowhere/m.so' } as const;
  assert.throws(() => openNcs2(null, null, env), {
    message:
      'no library for the NCS2 (OpenVINO 2022.3 or NCAPI 2) was found: /nowhere/o.so: cannot open shared object file: No such file or directory; /nowhere/m.so: cannot open shared object file: No such file or directory',
  });
});
